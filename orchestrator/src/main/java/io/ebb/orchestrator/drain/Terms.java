package io.ebb.orchestrator.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the policy says for one event, or for one operator's drain.
 *
 * @param action whether it is a cause at all
 * @param start when it becomes one
 * @param lead how long before NotBefore that is
 * @param longestDrain how long a VM may take to run off
 * @param margin how long before NotBefore draining ends; at most half of the time that was left
 *     when the event was first seen
 * @param quiet how long there must have been no connection, or no more than {@code remaining}
 * @param remaining connections that may be left
 * @param approve when the event is approved
 * @param atDeadline what happens to an event whose VMs are not drained at the deadline
 * @param belowMinimum whether a pool's minimum holds even at the deadline
 * @param unmanaged whether VMs that Ebb does not manage keep the event from being approved
 * @param waitWithoutAgent how long a VM without a live agent must have been out to be taken for
 *     drained
 * @param approveWithoutAgent whether being taken for drained is enough to approve
 * @param withoutAgent what puts a VM back that has no live agent
 */
public record Terms(
        Action action,
        Start start,
        Duration lead,
        Duration longestDrain,
        Duration margin,
        Duration quiet,
        int remaining,
        Approve approve,
        AtDeadline atDeadline,
        BelowMinimum belowMinimum,
        Unmanaged unmanaged,
        Duration waitWithoutAgent,
        boolean approveWithoutAgent,
        WithoutAgent withoutAgent) {

    /** The defaults; they suit a web tier. */
    public static final Terms DEFAULT =
            new Terms(
                    Action.DRAIN,
                    Start.AT_LEAD,
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    0,
                    Approve.WHEN_DRAINED,
                    AtDeadline.LEAVE,
                    BelowMinimum.TAKE_OUT,
                    Unmanaged.BLOCK,
                    Duration.ofMinutes(5),
                    false,
                    WithoutAgent.OPERATOR);

    /** Whether an event is a cause. */
    public enum Action {
        /** Nothing is taken out for it, and it is not approved. */
        IGNORE,
        /** Its VMs leave rotation. */
        DRAIN
    }

    /** When an event becomes a cause. */
    public enum Start {
        /** So long before NotBefore as the lead says. */
        AT_LEAD,
        /** When it is first seen, be it days ahead. */
        AT_ONCE
    }

    /** When an event is approved. From the boldest to the most careful. */
    public enum Approve {
        /** When it becomes a cause, drained or not. */
        AT_ONCE,
        /** When every VM of it is drained. */
        WHEN_DRAINED,
        /** When an operator says so, which is also possible with all of the above. */
        BY_OPERATOR,
        /** Not even when an operator says so: the platform starts it at NotBefore. */
        NEVER
    }

    /** What happens at the deadline when a VM is not drained. From the boldest on. */
    public enum AtDeadline {
        /** Approve all the same. Never done for Preempt. */
        APPROVE,
        /** Nothing: the platform starts the event at NotBefore. */
        LEAVE
    }

    /** Whether the minimum holds at the deadline of an event that takes the VM down anyway. */
    public enum BelowMinimum {
        /** The VM leaves rotation all the same, unless it is the last one. */
        TAKE_OUT,
        /** It stays in. */
        KEEP_IN
    }

    /** What VMs in an event mean that Ebb does not manage. */
    public enum Unmanaged {
        /** They do not count. */
        IGNORE,
        /** They are never drained: the event waits for NotBefore. */
        BLOCK
    }

    /** What puts a VM back whose agent does not answer. */
    public enum WithoutAgent {
        /** Azure calls it running; then the load balancer's probe is its judge. */
        PROBE,
        /** An operator. */
        OPERATOR
    }

    /** Of two terms the more careful one in each respect. */
    public Terms careful(Terms other) {
        return new Terms(
                later(action, other.action),
                // Which of both begins earlier matters, and that is no respect of care.
                start == other.start ? start : Start.AT_ONCE,
                longer(lead, other.lead),
                longer(longestDrain, other.longestDrain),
                longer(margin, other.margin),
                longer(quiet, other.quiet),
                Math.min(remaining, other.remaining),
                later(approve, other.approve),
                later(atDeadline, other.atDeadline),
                later(belowMinimum, other.belowMinimum),
                later(unmanaged, other.unmanaged),
                longer(waitWithoutAgent, other.waitWithoutAgent),
                approveWithoutAgent && other.approveWithoutAgent,
                later(withoutAgent, other.withoutAgent));
    }

    private static <E extends Enum<E>> E later(E one, E other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * When draining for an event ends: {@code min(start + longestDrain, NotBefore - margin)}, where
     * it starts when it was seen, or {@code lead} before NotBefore if that is later and the terms
     * wait for it.
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
        var isShort = margin.plus(margin).compareTo(left) >= 0;
        var latest = notBefore.get().minus(isShort ? left.dividedBy(2) : margin);
        var leadStart = notBefore.get().minus(lead);
        var waits = start == Start.AT_LEAD && leadStart.isAfter(seenAt);
        var longest = (waits ? leadStart : seenAt).plus(longestDrain);
        return longest.isBefore(latest) ? longest : latest;
    }

    /** Whether an event that is not before this time is a cause now. */
    public boolean begins(Optional<Instant> notBefore, Instant now) {
        return start == Start.AT_ONCE
                || notBefore.map(time -> !now.isBefore(time.minus(lead))).orElse(true);
    }
}
