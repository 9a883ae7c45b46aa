package io.ebb.orchestrator.ledger;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable store. Everything that is written for one turn is written in one transaction, which
 * is refused without the lease.
 */
public interface Ledger {
    /** The store's own time; leases and orders are judged by it alone. */
    Instant now();

    /**
     * Takes the lease, or renews it.
     *
     * @param owner a random id of this process
     * @return empty when another owner's lease still runs
     */
    Optional<Lease> lease(String owner, Duration term);

    /** Gives the lease back, so that a successor need not wait for its end. */
    void release(Lease lease);

    /** Everything that is open. */
    Open open();

    /**
     * Writes down what was decided, before any of it is done. Durable against a kill of the process
     * when it returns; if it holds a newly taken member, durable against loss of power.
     *
     * @return the entries of the timeline with their sequence numbers
     * @throws LeaseLostException when the lease has ended or passed to another; nothing is written
     */
    List<Entry> write(Lease lease, Turn turn);

    /**
     * Remembers an agent's latest report. A report of the same run with a sequence that is not
     * higher is dropped.
     *
     * @return whether it was taken
     */
    boolean heard(Heard heard);

    /** The latest report of each agent. */
    List<Heard> agents();

    /** The latest report of one VM's agent; empty when it was never heard. */
    Optional<Heard> agent(VmId vm);

    /**
     * What stands for one VM now, in one transaction: its taken members and the orders that still
     * run and whose event is still Scheduled.
     */
    Standing standing(VmId vm);

    /** Records the outcome of an approve order; ok: the event is acknowledged, once and for all. */
    void result(String order, boolean ok, String detail);

    /** Drains, the latest first. */
    List<Drain> drains(int limit);

    /** One drain. */
    Optional<Drain> drain(String id);

    /** A drain's timeline, oldest first. */
    List<Entry> timeline(String drain);

    /** Everything in the timeline after a sequence number, oldest first. */
    List<Entry> timelineAfter(long sequence, int limit);

    /**
     * The right to plan and to act.
     *
     * @param fence grows with each new owner
     * @param until the store's time at which it ends
     */
    record Lease(String owner, long fence, Instant until) {}

    /** What is open. Events stay until no drain needs them any more. */
    record Open(List<SeenEvent> events, List<TakenMember> taken, List<Drain> drains) {
        public Open {
            events = List.copyOf(events);
            taken = List.copyOf(taken);
            drains = List.copyOf(drains);
        }
    }

    /**
     * An event's last certain notice.
     *
     * @param eventId as Azure wrote it
     * @param status {@code Scheduled}, {@code Started} or {@code Gone}
     * @param vms names of its VMs as Azure wrote them
     * @param gone since when; empty unless Gone
     * @param approved why ({@code Why}'s name), once an approval was decided
     * @param acknowledged when a 2xx answer to the approval was recorded
     */
    record SeenEvent(
            EventId id,
            String eventId,
            String type,
            String source,
            String description,
            List<String> vms,
            String status,
            Optional<Instant> notBefore,
            Instant seen,
            Optional<Instant> gone,
            Optional<String> approved,
            Optional<Instant> acknowledged) {
        public SeenEvent {
            vms = List.copyOf(vms);
        }

        /** The same, approved for this reason. */
        public SeenEvent approved(String why) {
            return new SeenEvent(
                    id,
                    eventId,
                    type,
                    source,
                    description,
                    vms,
                    status,
                    notBefore,
                    seen,
                    gone,
                    Optional.of(why),
                    acknowledged);
        }

        /** The same, gone since then. */
        public SeenEvent goneSince(Instant when) {
            return new SeenEvent(
                    id,
                    eventId,
                    type,
                    source,
                    description,
                    vms,
                    "Gone",
                    notBefore,
                    seen,
                    Optional.of(when),
                    approved,
                    acknowledged);
        }
    }

    /** What Ebb wants of a taken member. */
    enum Intent {
        /** The agent fails the probe. */
        QUIESCE,
        /** It leaves the pool. */
        LEAVE,
        /** Its application takes hold again; it goes back once it is healthy. */
        RECALL,
        /** It goes back. */
        RETURN;

        /** Whether it is on its way back. */
        public boolean isBack() {
            return this == RECALL || this == RETURN;
        }
    }

    /**
     * A member that Ebb took out, or is about to.
     *
     * @param resource the resource that is written
     * @param guid the resource's own id when it was taken
     * @param saved its exact earlier state
     * @param strategy {@code Strategy}'s name at the time
     * @param since the store's time of this intent
     */
    record TakenMember(
            MemberId id,
            String resource,
            String guid,
            String saved,
            String strategy,
            Intent intent,
            Instant since) {}

    /**
     * One VM's time out of rotation, written for people; nothing is decided from it.
     *
     * @param state one of the five words
     * @param outcome how it ended; empty while open
     */
    record Drain(
            String id,
            VmId vm,
            String vmName,
            String state,
            String why,
            List<EventId> events,
            Instant opened,
            Optional<Instant> deadline,
            Optional<Integer> connections,
            Optional<Instant> closed,
            Optional<String> outcome) {
        public Drain {
            events = List.copyOf(events);
        }
    }

    /**
     * One line of the timeline: who, what, why, when.
     *
     * @param sequence in the order of commits; zero before it is written
     * @param drain the drain concerned; empty for what concerns none
     * @param type a short stable word, such as {@code MemberTakenOut}
     * @param message in words
     */
    record Entry(
            long sequence,
            Instant at,
            Optional<String> drain,
            Optional<VmId> vm,
            String type,
            String who,
            String message) {}

    /** An order to approve, for one agent, valid until the store's time. */
    record Order(String id, VmId agent, EventId event, String eventId, Instant until) {}

    /**
     * Everything that one turn writes. Rows are inserted or replaced by their key.
     *
     * @param settled members whose rows are closed
     * @param forgotten events whose rows are closed: gone, and no drain needs them
     * @param orders inserted, or their end renewed
     * @param timeline in order; sequence numbers are given by the ledger
     */
    record Turn(
            List<SeenEvent> events,
            List<EventId> forgotten,
            List<TakenMember> taken,
            List<MemberId> settled,
            List<Order> orders,
            List<Drain> drains,
            List<Entry> timeline) {
        public Turn {
            events = List.copyOf(events);
            forgotten = List.copyOf(forgotten);
            taken = List.copyOf(taken);
            settled = List.copyOf(settled);
            orders = List.copyOf(orders);
            drains = List.copyOf(drains);
            timeline = List.copyOf(timeline);
        }

        /** Whether there is nothing to write. */
        public boolean isEmpty() {
            return events.isEmpty()
                    && forgotten.isEmpty()
                    && taken.isEmpty()
                    && settled.isEmpty()
                    && orders.isEmpty()
                    && drains.isEmpty()
                    && timeline.isEmpty();
        }
    }

    /**
     * An agent's latest report.
     *
     * @param report the report's JSON, verbatim
     * @param at the store's time at which it was received
     * @param healthySince since when, without a break and within one boot, the agent has called its
     *     VM healthy; empty while it does not
     */
    record Heard(
            VmId vm,
            String name,
            String run,
            String boot,
            long sequence,
            String report,
            Instant at,
            Optional<Instant> healthySince) {}

    /** What stands for one VM. */
    record Standing(List<TakenMember> taken, List<Order> orders) {
        public Standing {
            taken = List.copyOf(taken);
            orders = List.copyOf(orders);
        }
    }

    /** The lease has ended or passed to another replica. */
    final class LeaseLostException extends RuntimeException {
        public LeaseLostException(String message) {
            super(message);
        }
    }
}
