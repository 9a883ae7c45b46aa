package io.ebb.orchestrator.drain;

import io.ebb.orchestrator.drain.Instruction.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scheduled event that concerns a VM of Ebb's.
 *
 * @param vms those of its VMs that Ebb manages
 * @param strangers names of those that it does not manage; they are never drained
 * @param seenAt when Ebb first heard of it
 * @param deadline when draining for it ends; see {@link Terms#deadline}
 * @param terms what the policy says for it
 * @param words what operators ask of it
 * @param witnesses whose fresh, good documents show it now
 * @param approved why it was approved, once that was written down
 * @param acknowledged a 2xx answer to the approval was recorded
 */
public record Event(
        EventId id,
        EventType type,
        Set<VmId> vms,
        List<String> strangers,
        Notice notice,
        Instant seenAt,
        Instant deadline,
        Terms terms,
        List<Instruction> words,
        Set<VmId> witnesses,
        Optional<Why> approved,
        boolean acknowledged) {

    public Event {
        // In their order: a copy of the JDK's has another one in each process.
        vms = Collections.unmodifiableSet(new LinkedHashSet<>(vms));
        witnesses = Collections.unmodifiableSet(new LinkedHashSet<>(witnesses));
        strangers = List.copyOf(strangers);
        words = List.copyOf(words);
    }

    /** Whether a fresh, good document shows it now. */
    public boolean inSight() {
        return !witnesses.isEmpty();
    }

    /** Whether an operator asks this of it. */
    public boolean isAsked(Kind kind) {
        for (var word : words) {
            if (word.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** Whether more than one stranger's word says that this VM is concerned. */
    boolean isCorroboratedFor(VmId vm) {
        return witnesses.contains(vm) || witnesses.size() >= 2;
    }

    /**
     * Whether the event is a reason to be out of rotation now: it has started, or may start since
     * it was approved, or NotBefore is less than the lead away. Hardware that degrades is announced
     * days ahead; a VM is not kept out so long, unless the policy says so. What an operator
     * cancelled is no reason, whatever becomes of it.
     */
    public boolean counts(Instant now) {
        if (isAsked(Kind.CANCEL)) {
            return false;
        }
        return switch (notice) {
            case Notice.Scheduled _, Notice.Started _ -> approved.isPresent() || isDue(now);
            case Notice.Gone _ -> false;
        };
    }

    /** Whether it is such a reason by the policy alone. */
    boolean isDue(Instant now) {
        return terms.action() == Terms.Action.DRAIN
                && switch (notice) {
                    case Notice.Scheduled(var notBefore) -> terms.begins(notBefore, now);
                    case Notice.Started _ -> true;
                    case Notice.Gone _ -> false;
                };
    }
}
