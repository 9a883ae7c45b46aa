package io.ebb.demo.fleet;

/** Something that the fleet needs is not there; the message says what, and what to do about it. */
public final class FleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FleetException(String message) {
        super(message);
    }

    public FleetException(String message, Throwable cause) {
        super(message, cause);
    }
}
