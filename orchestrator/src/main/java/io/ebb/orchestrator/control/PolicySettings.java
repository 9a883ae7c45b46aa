package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Policy;
import io.ebb.orchestrator.drain.Policy.AtDeadline;
import io.ebb.orchestrator.drain.Policy.Unmanaged;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * The operator's policy, {@code ebb.policy.*}.
 *
 * @param lead how long before NotBefore an event becomes a cause
 * @param longestDrain how long a VM may take to run off
 * @param margin how long before NotBefore draining ends
 * @param quiet how long no connection must have been seen
 * @param healthy how many checks in a row must have called a VM healthy before it goes back
 * @param atDeadline what happens to an event whose VMs are not drained at the deadline
 * @param minimum members of a pool that must stay in rotation: a number, or percent like {@code
 *     50%}, rounded up
 * @param mostOut members of a pool that may be out at once
 * @param unmanaged whether VMs that Ebb does not manage keep an event from being approved
 * @param keepIn event types for which the minimum holds even at the deadline
 */
@ConfigurationProperties("ebb.policy")
public record PolicySettings(
        @Bindable(defaultValue = "30m") Duration lead,
        @Bindable(defaultValue = "10m") Duration longestDrain,
        @Bindable(defaultValue = "60s") Duration margin,
        @Bindable(defaultValue = "10s") Duration quiet,
        @Bindable(defaultValue = "3") int healthy,
        @Bindable(defaultValue = "leave") AtDeadline atDeadline,
        @Bindable(defaultValue = "1") String minimum,
        @Bindable(defaultValue = "1") int mostOut,
        @Bindable(defaultValue = "block") Unmanaged unmanaged,
        @Bindable(defaultValue = "freeze") List<EventType> keepIn) {

    public PolicySettings {
        keepIn = List.copyOf(keepIn);
    }

    /**
     * Checks that the settings make sense together.
     *
     * @throws ContradictionException naming the settings that do not
     */
    Policy policy() {
        positive("lead", lead);
        positive("longest-drain", longestDrain);
        positive("quiet", quiet);
        if (margin.isNegative()) {
            throw new ContradictionException(
                    "ebb.policy.margin is %s: it must not be negative".formatted(words(margin)));
        }
        if (margin.compareTo(lead) >= 0) {
            throw new ContradictionException(
                    "ebb.policy.margin (%s) must be shorter than ebb.policy.lead (%s): draining would end before it begins"
                            .formatted(words(margin), words(lead)));
        }
        if (quiet.compareTo(longestDrain) >= 0) {
            throw new ContradictionException(
                    "ebb.policy.quiet (%s) must be shorter than ebb.policy.longest-drain (%s): no VM could ever be drained"
                            .formatted(words(quiet), words(longestDrain)));
        }
        if (longestDrain.compareTo(lead.minus(margin)) > 0) {
            throw new ContradictionException(
                    "ebb.policy.longest-drain (%s) does not fit between ebb.policy.lead (%s) and ebb.policy.margin (%s) before NotBefore"
                            .formatted(words(longestDrain), words(lead), words(margin)));
        }
        if (healthy < 1) {
            throw new ContradictionException(
                    "ebb.policy.healthy is %d: at least one check must call a VM healthy"
                            .formatted(healthy));
        }
        return new Policy(
                lead, longestDrain, margin, quiet, atDeadline, new HashSet<>(keepIn), unmanaged);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new ContradictionException(
                    "ebb.policy.%s is %s: it must be longer than nothing"
                            .formatted(name, words(value)));
        }
    }

    /** 90s, 30m: as people write it in the settings. */
    private static String words(Duration value) {
        if (value.toMillis() % 1000 != 0) {
            return value.toMillis() + "ms";
        }
        return value.isZero() || value.toSeconds() % 60 != 0
                ? value.toSeconds() + "s"
                : value.toMinutes() + "m";
    }
}
