package io.ebb.simulator.scenario;

/** A scenario that cannot be simulated as written; the message names the path of the mistake. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ScenarioException(String message) {
        super(message);
    }
}
