package io.ebb.orchestrator.ledger;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
     * @throws SpokenMeanwhileException when an operator has said something since the turn looked;
     *     nothing is written
     */
    List<Entry> write(Lease lease, Turn turn);

    /**
     * Writes down that a member may be out although nobody intends it any more: a write that was
     * held up took effect after its intent had been closed or turned. The member is taken from now
     * on. Needs no lease; a turn that looked before it writes nothing, as with an operator's word.
     *
     * @param member its {@code since} becomes the store's time now
     * @param entry for the timeline
     */
    void landedLate(TakenMember member, Entry entry);

    /**
     * Records what an operator asks. Asking the same again under the same id changes nothing.
     *
     * @param wanted its {@code since} is replaced by the store's time
     * @return the instruction as it stands
     * @throws RefusedException when it is too late for it, or when it contradicts another one
     */
    Instruction instruct(Instruction wanted);

    /**
     * Withdraws an instruction; one that has ended stays as it ended.
     *
     * @return the instruction; empty when there is none of this id
     */
    Optional<Asked> withdraw(String id, String who);

    /** One instruction, also one that has ended; empty when there is none of this id. */
    Optional<Asked> instruction(String id);

    /** Instructions, also those that have ended, the latest first. */
    List<Asked> instructions(int limit);

    /** The policy in force; empty before the first was written. */
    Optional<PolicyVersion> policy();

    /**
     * Writes the policy's next version.
     *
     * @param expected the version that it replaces; 0: there is none yet
     * @throws RefusedException when another version is in force than the expected one
     */
    PolicyVersion revise(int expected, String document, String who, String why);

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
     * run and whose event is still Scheduled, not approved and not held.
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
     * Deletes what is finished and older: drains that were closed before then, entries of the
     * timeline that happened before then and belong to no drain that is kept, and orders that ended
     * before then and whose event is forgotten. Nothing that is open is touched, and what stays in
     * the timeline keeps its sequence number.
     *
     * @param before the store's time
     * @param limit how many rows of each kind at most, oldest first
     * @return how many rows of the kind with the most; less than the limit: nothing is left
     * @throws LeaseLostException when the lease has ended or passed to another; nothing is deleted
     */
    int prune(Lease lease, Instant before, int limit);

    /**
     * The right to plan and to act.
     *
     * @param fence grows with each new owner
     * @param until the store's time at which it ends
     */
    record Lease(String owner, long fence, Instant until) {}

    /**
     * What is open. Events stay until no drain needs them any more.
     *
     * @param instructions those that stand
     * @param policy the one in force
     * @param spoken grows with whatever an operator says
     */
    record Open(
            List<SeenEvent> events,
            List<TakenMember> taken,
            List<Drain> drains,
            List<Instruction> instructions,
            Optional<PolicyVersion> policy,
            long spoken) {
        public Open {
            events = List.copyOf(events);
            taken = List.copyOf(taken);
            drains = List.copyOf(drains);
            instructions = List.copyOf(instructions);
        }
    }

    /**
     * An instruction and its end.
     *
     * @param ended when it was withdrawn or fulfilled; empty while it stands, or when it expired
     * @param endedBy who ended it
     */
    record Asked(Instruction instruction, Optional<Instant> ended, Optional<String> endedBy) {}

    /**
     * A version of the policy.
     *
     * @param version 1 and on
     * @param document as JSON
     */
    record PolicyVersion(int version, String document, String who, String why, Instant since) {}

    /**
     * An event's last certain notice.
     *
     * @param eventId as Azure wrote it
     * @param status {@code Scheduled}, {@code Started} or {@code Gone}
     * @param vms names of its VMs as Azure wrote them
     * @param expected how long Azure expects the interruption to last; empty when it does not know
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
            Optional<Duration> expected,
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
                    expected,
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
                    expected,
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
     * @param out since when it has been seen out; empty before that
     * @param reasserted how often it was taken out anew because somebody else had put it back
     */
    record TakenMember(
            MemberId id,
            String resource,
            String guid,
            String saved,
            String strategy,
            Intent intent,
            Instant since,
            Optional<Instant> out,
            int reasserted) {

        /** One that was not seen out yet. */
        public TakenMember(
                MemberId id,
                String resource,
                String guid,
                String saved,
                String strategy,
                Intent intent,
                Instant since) {
            this(id, resource, guid, saved, strategy, intent, since, Optional.empty(), 0);
        }

        /** The same with another intent, as of then. */
        public TakenMember with(Intent next, Instant when) {
            return new TakenMember(
                    id, resource, guid, saved, strategy, next, when, out, reasserted);
        }

        /** The same, seen out since then. */
        public TakenMember seenOut(Instant when) {
            return new TakenMember(
                    id,
                    resource,
                    guid,
                    saved,
                    strategy,
                    intent,
                    since,
                    Optional.of(when),
                    reasserted);
        }

        /** The same, to be taken out once more. */
        public TakenMember again(Instant when) {
            return new TakenMember(
                    id,
                    resource,
                    guid,
                    saved,
                    strategy,
                    Intent.LEAVE,
                    when,
                    Optional.empty(),
                    reasserted + 1);
        }
    }

    /**
     * One VM's time out of rotation, written for people; nothing is decided from it.
     *
     * @param state one of the five words
     * @param since when it came into this state
     * @param policy the version of the policy that was in force last; 0 when there was none
     * @param parked why it does not come back although it should, once that has lasted for long
     * @param outcome how it ended; empty while open
     */
    record Drain(
            String id,
            VmId vm,
            String vmName,
            String state,
            String why,
            Instant since,
            List<EventId> events,
            Instant opened,
            Optional<Instant> deadline,
            Optional<Integer> connections,
            int policy,
            Optional<String> parked,
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
     * @param before how what it tells of was before; empty where that means nothing
     * @param after how it is now
     */
    record Entry(
            long sequence,
            Instant at,
            Optional<String> drain,
            Optional<VmId> vm,
            String type,
            String who,
            String message,
            Optional<String> before,
            Optional<String> after) {

        /** A line that tells of no change. */
        public Entry(
                long sequence,
                Instant at,
                Optional<String> drain,
                Optional<VmId> vm,
                String type,
                String who,
                String message) {
            this(sequence, at, drain, vm, type, who, message, Optional.empty(), Optional.empty());
        }

        /** The same with its number, and its time as the store keeps it. */
        public Entry numbered(long number, Instant kept) {
            return new Entry(number, kept, drain, vm, type, who, message, before, after);
        }
    }

    /**
     * An order to approve, valid until the store's time.
     *
     * @param agent whose it is; {@link #CONTROL_PLANE} where no agent is asked
     */
    record Order(String id, VmId agent, EventId event, String eventId, Instant until) {
        /** Stands among the agents for Azure's control plane; no VM has this id. */
        public static final VmId CONTROL_PLANE = new VmId("control plane");

        /** Whether the control plane is to carry it out, and no agent. */
        public boolean isForControlPlane() {
            return agent.equals(CONTROL_PLANE);
        }
    }

    /**
     * Everything that one turn writes. Rows are inserted or replaced by their key.
     *
     * @param settled members whose rows are closed
     * @param forgotten events whose rows are closed: gone, and no drain needs them
     * @param orders inserted, or their end renewed
     * @param fulfilled ids of instructions that have been followed and end
     * @param timeline in order; sequence numbers are given by the ledger
     * @param spoken what {@link Open#spoken} was when the turn looked; empty: it did not look
     */
    record Turn(
            List<SeenEvent> events,
            List<EventId> forgotten,
            List<TakenMember> taken,
            List<MemberId> settled,
            List<Order> orders,
            List<Drain> drains,
            List<String> fulfilled,
            List<Entry> timeline,
            OptionalLong spoken) {
        public Turn {
            events = List.copyOf(events);
            forgotten = List.copyOf(forgotten);
            taken = List.copyOf(taken);
            settled = List.copyOf(settled);
            orders = List.copyOf(orders);
            drains = List.copyOf(drains);
            fulfilled = List.copyOf(fulfilled);
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
                    && fulfilled.isEmpty()
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

    /** An operator has said something since the turn looked: look again. */
    final class SpokenMeanwhileException extends RuntimeException {
        public SpokenMeanwhileException(String message) {
            super(message);
        }
    }

    /** What was asked is not possible, or not any more; the message says why. */
    final class RefusedException extends RuntimeException {
        private final String code;

        /**
         * @param code a stable word for programs, such as {@code TooLateToCancel}
         */
        public RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The word for programs. */
        public String code() {
            return code;
        }
    }
}
