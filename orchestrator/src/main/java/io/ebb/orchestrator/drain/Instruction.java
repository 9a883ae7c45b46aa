package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.Optional;

/**
 * What an operator asked. It stands until it is withdrawn, fulfilled or expired.
 *
 * @param id chosen by whoever asks, so that asking again is no second instruction
 * @param who asks
 * @param why in the operator's words
 * @param since when it was asked, by the ledger's clock
 * @param until when it expires by itself; empty: never
 */
public record Instruction(
        String id,
        Kind kind,
        Target target,
        String who,
        String why,
        Instant since,
        Optional<Instant> until) {

    /** What it is about. */
    public sealed interface Target {
        /** A VM. */
        record OfVm(VmId vm) implements Target {}

        /** A scheduled event, with all VMs that it names. */
        record OfEvent(EventId event) implements Target {}
    }

    /** What is asked. */
    public enum Kind {
        /** Take this VM out of rotation. */
        DRAIN,
        /** Leave this VM alone: nothing is taken out for it, and what Ebb took out goes back. */
        EXEMPT,
        /** Put this VM back without waiting for its health, once no cause is left. */
        PUT_BACK,
        /** Do not approve this event. */
        HOLD,
        /** Approve this event now, drained or not. */
        APPROVE,
        /** This event takes nothing out, and is not approved. */
        CANCEL;

        /** Whether it is about a VM; the others are about an event. */
        public boolean isOfVm() {
            return this == DRAIN || this == EXEMPT || this == PUT_BACK;
        }
    }

    public Instruction {
        if (kind.isOfVm() != target instanceof Target.OfVm) {
            throw new IllegalArgumentException(kind + " is not about " + target);
        }
    }

    /** Whether it asks this of this VM. */
    public boolean asks(Kind what, VmId vm) {
        return kind == what && target instanceof Target.OfVm(var id) && id.equals(vm);
    }

    /** Whether it asks this of this event. */
    public boolean asks(Kind what, EventId event) {
        return kind == what && target instanceof Target.OfEvent(var id) && id.equals(event);
    }

    /** Who asked and why, for people. */
    public String words() {
        return why.isBlank() ? who : who + ": " + why;
    }
}
