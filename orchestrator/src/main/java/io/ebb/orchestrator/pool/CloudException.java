package io.ebb.orchestrator.pool;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of the cloud, in the kinds that callers treat differently. The message says what was
 * being done and what the cloud answered.
 */
public abstract sealed class CloudException extends RuntimeException {
    private CloudException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Try again later. */
    public static final class Transient extends CloudException {
        private final transient Optional<Duration> retryAfter;

        /**
         * @param retryAfter the cloud's own word, to be honoured exactly
         */
        public Transient(String message, Optional<Duration> retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        /** The cloud's own word on when to try again. */
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** Not as it was looked at, or locked by another write: look again, then decide again. */
    public static final class Conflict extends CloudException {
        public Conflict(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** It will not work however often it is tried: a right is missing, the plan is wrong. */
    public static final class Permanent extends CloudException {
        public Permanent(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
