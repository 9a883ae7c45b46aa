package io.ebb.orchestrator.control;

import io.ebb.orchestrator.policy.ContradictionException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long finished drains and their timeline are kept. Made at start, so that one that is too
 * short is known at once.
 *
 * @param retention how long finished drains and their timeline are kept; more than a day
 */
@Context
@ConfigurationProperties("ebb")
public record Retention(@Bindable(defaultValue = "90d") Duration retention) {
    private static final Duration LEAST = Duration.ofDays(1);

    /**
     * @throws ContradictionException when it is too short to tell anybody what happened
     */
    public Retention {
        if (retention.compareTo(LEAST) <= 0) {
            throw new ContradictionException(
                    "ebb.retention is %s: it must be longer than a day (for instance 90d), or nobody could read what happened over night"
                            .formatted(retention));
        }
    }
}
