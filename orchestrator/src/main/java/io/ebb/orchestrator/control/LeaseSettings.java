package io.ebb.orchestrator.control;

import io.ebb.orchestrator.policy.ContradictionException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * For how long a replica may plan and act before it must have renewed its right, {@code ebb.lease}.
 * A killed planner is replaced once this time and the longest pause between two attempts are over.
 *
 * @param lease for how long a replica may plan and act without renewing its right; 3 s to 60 s
 */
@ConfigurationProperties("ebb")
public record LeaseSettings(@Bindable(defaultValue = "8s") Duration lease) {
    /** Shorter, and a planner whose threads were held up for a moment would lose it. */
    private static final Duration SHORTEST = Duration.ofSeconds(3);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** A killed planner is replaced within 10 s. */
    public static final LeaseSettings DEFAULT = new LeaseSettings(Duration.ofSeconds(8));

    public LeaseSettings {
        if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
            throw new ContradictionException(
                    "ebb.lease is %s: expected 3 s to 60 s".formatted(Seconds.of(lease)));
        }
    }
}
