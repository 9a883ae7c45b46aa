package io.ebb.orchestrator.simulation;

/** The process was killed here: what would have come next in it never happens. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
        super("killed", null, false, false);
    }
}
