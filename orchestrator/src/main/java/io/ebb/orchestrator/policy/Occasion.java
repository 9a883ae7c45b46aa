package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.EventType;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What the policy is asked about.
 *
 * @param source {@code Platform} or {@code User}, as Azure says; {@code Operator}
 * @param expected how long Azure expects the interruption to last; empty when it does not know
 * @param pools names of the pools of the VMs concerned
 */
public record Occasion(
        EventType type, String source, Optional<Duration> expected, Set<String> pools) {

    public Occasion {
        pools = Set.copyOf(pools);
    }

    /** An operator's drain of a VM in these pools. */
    public static Occasion operator(Collection<String> pools) {
        return new Occasion(EventType.OTHER, "Operator", Optional.empty(), Set.copyOf(pools));
    }
}
