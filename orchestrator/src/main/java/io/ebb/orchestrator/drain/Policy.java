package io.ebb.orchestrator.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator wants.
 *
 * @param lead how long before NotBefore an event becomes a cause
 * @param longestDrain how long a VM may take to run off
 * @param margin how long before NotBefore draining ends; at most half of the time that was left
 *     when the event was first seen
 * @param quiet how long no connection must have been seen
 * @param atDeadline what happens to an event whose VMs are not drained at the deadline
 * @param keepIn types for which the minimum holds even at the deadline, though the platform acts
 * @param unmanaged whether VMs that Ebb does not manage keep an event from being approved
 */
public record Policy(
        Duration lead,
        Duration longestDrain,
        Duration margin,
        Duration quiet,
        AtDeadline atDeadline,
        Set<EventType> keepIn,
        Unmanaged unmanaged) {

    /** The defaults; they suit a web tier. */
    public static final Policy DEFAULT =
            new Policy(
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    AtDeadline.LEAVE,
                    Set.of(EventType.FREEZE),
                    Unmanaged.BLOCK);

    /** What happens at the deadline when a VM is not drained. */
    public enum AtDeadline {
        /** Nothing: the platform starts the event at NotBefore. */
        LEAVE,
        /** Approve all the same. Refused for Preempt. */
        APPROVE
    }

    /** What VMs in an event mean that Ebb does not manage. */
    public enum Unmanaged {
        /** They are never drained: the event waits for NotBefore. */
        BLOCK,
        /** They do not count. */
        IGNORE
    }

    public Policy {
        keepIn = Set.copyOf(keepIn);
    }

    /**
     * When draining for an event ends: {@code min(start + longestDrain, NotBefore - margin)}, where
     * it starts when it was seen, or {@code lead} before NotBefore if that is later.
     *
     * @param seenAt when Ebb first heard of the event
     * @param notBefore Azure's time; empty when the event has started or the time is not known
     */
    public Instant deadline(Instant seenAt, Optional<Instant> notBefore) {
        if (notBefore.isEmpty()) {
            return seenAt.plus(longestDrain);
        }
        var left = Duration.between(seenAt, notBefore.get());
        if (!left.isPositive()) {
            return seenAt;
        }
        var half = left.dividedBy(2);
        var latest = notBefore.get().minus(margin.compareTo(half) < 0 ? margin : half);
        var leadStart = notBefore.get().minus(lead);
        var start = leadStart.isAfter(seenAt) ? leadStart : seenAt;
        var longest = start.plus(longestDrain);
        return longest.isBefore(latest) ? longest : latest;
    }

    /**
     * Why an event is approved although not all of its VMs are drained; empty: it is not.
     *
     * @param states of its managed VMs
     */
    Optional<Why> approvesAnyway(Event event, List<State> states, Instant now) {
        var opted = atDeadline == AtDeadline.APPROVE && event.type() != EventType.PREEMPT;
        return opted && !states.isEmpty() && !now.isBefore(event.deadline())
                ? Optional.of(Why.AT_DEADLINE)
                : Optional.empty();
    }
}
