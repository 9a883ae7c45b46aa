package io.ebb.simulator.control;

/** A request that cannot be understood; the message says what was expected, and where. */
final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequest(String message) {
        super(message);
    }
}
