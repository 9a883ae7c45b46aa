package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a VM should be out of rotation. It leaves with its first cause and returns after its last.
 */
public sealed interface Cause {
    /** When draining for this cause ends. */
    Instant deadline();

    /** What the policy says for it. */
    Terms terms();

    /** Whether the VM goes down at the deadline whatever Ebb does. */
    boolean inevitable();

    /**
     * A scheduled event.
     *
     * @param corroborated the VM's own agent sees it, or two others do: one agent's word about
     *     other VMs is not enough to go below a pool's minimum
     */
    record Scheduled(
            EventId event, EventType type, Instant deadline, Terms terms, boolean corroborated)
            implements Cause {
        @Override
        public boolean inevitable() {
            return corroborated;
        }
    }

    /** An operator's instruction. */
    record Instructed(Instruction instruction, Instant deadline, Terms terms) implements Cause {
        @Override
        public boolean inevitable() {
            return false;
        }
    }

    /**
     * The causes of this VM now.
     *
     * @param terms what the policy says for an operator's drain of it
     */
    static List<Cause> of(
            VmId vm, List<Event> events, List<Instruction> words, Terms terms, Instant now) {
        var causes = new ArrayList<Cause>();
        for (var event : events) {
            if (event.vms().contains(vm) && event.counts(now)) {
                causes.add(
                        new Scheduled(
                                event.id(),
                                event.type(),
                                event.deadline(),
                                event.terms(),
                                event.isCorroboratedFor(vm)));
            }
        }
        for (var word : words) {
            if (word.asks(Instruction.Kind.DRAIN, vm)) {
                causes.add(new Instructed(word, word.since().plus(terms.longestDrain()), terms));
            }
        }
        return causes;
    }
}
