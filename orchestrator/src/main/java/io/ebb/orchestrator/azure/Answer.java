package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What ARM answered, good or bad.
 *
 * @param operation the URL of the asynchronous operation that goes on behind it
 * @param location where the result will be, where there is no such URL
 * @param retryAfter when to ask again
 */
record Answer(
        int status,
        JsonNode body,
        Optional<String> operation,
        Optional<String> location,
        Optional<Duration> retryAfter) {

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    boolean isGone() {
        return status == 404;
    }

    /** Itself when it is good. */
    Answer orThrow(String doing) {
        if (!isGood()) {
            throw Refusal.of(this).toException(doing);
        }
        return this;
    }
}
