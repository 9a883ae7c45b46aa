package io.ebb.demo.load;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request.
 *
 * @param due when it was to be sent, by the schedule
 * @param source the address it came from
 * @param style how its connection was used
 * @param ask what it asked for
 * @param took from the time at which it was due to the last byte of its answer, or to its failure
 * @param servedBy the VM that answered, from {@code X-Served-By}; null where nothing readable came
 * @param failure null for a success
 * @param detail what is known of the failure; empty for a success
 */
public record Outcome(
        Instant due,
        String source,
        Lane.Style style,
        Ask ask,
        Duration took,
        @Nullable String servedBy,
        @Nullable Failure failure,
        String detail) {
    /** True when the whole, right answer came in time. */
    public boolean succeeded() {
        return failure == null;
    }

    /** How much later than asked the answer came: never below zero. */
    Duration late() {
        var late = took.minusMillis(ask.ms());
        return late.isNegative() ? Duration.ZERO : late;
    }
}
