package io.ebb.orchestrator.recover;

/** Nothing was written; the message says why and what to do. */
public final class RefusedException extends RuntimeException {
    RefusedException(String message) {
        super(message);
    }
}
