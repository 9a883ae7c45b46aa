package io.ebb.orchestrator.policy;

/** Settings that cannot be meant; the message names them. The orchestrator refuses to start. */
public final class ContradictionException extends RuntimeException {
    public ContradictionException(String message) {
        super(message);
    }
}
