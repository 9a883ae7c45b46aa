package io.ebb.orchestrator.control;

import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;

/**
 * How long finished drains and their timeline are kept.
 *
 * @param length more than a day
 */
public record Retention(Duration length) {
    private static final Duration LEAST = Duration.ofDays(1);

    /**
     * @throws ContradictionException when it is too short to tell anybody what happened
     */
    public Retention {
        if (length.compareTo(LEAST) <= 0) {
            throw new ContradictionException(
                    "ebb.retention is %s: it must be longer than a day (for instance 90d), or nobody could read what happened over night"
                            .formatted(length));
        }
    }
}
