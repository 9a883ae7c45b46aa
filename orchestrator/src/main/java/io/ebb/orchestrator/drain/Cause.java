package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.List;

/**
 * Why a VM should be out of rotation. It leaves with its first cause and returns after its last.
 */
public sealed interface Cause {
    /** When draining for this cause ends. */
    Instant deadline();

    /** Whether the VM goes down at the deadline whatever Ebb does. */
    boolean inevitable();

    /**
     * A scheduled event.
     *
     * @param corroborated the VM's own agent sees it, or two others do: one agent's word about
     *     other VMs is not enough to go below a pool's minimum
     */
    record Scheduled(EventId event, EventType type, Instant deadline, boolean corroborated)
            implements Cause {
        @Override
        public boolean inevitable() {
            return corroborated;
        }
    }

    /** An operator's instruction. */
    record Instruction(String who, String why, Instant deadline) implements Cause {
        @Override
        public boolean inevitable() {
            return false;
        }
    }

    /** The events that are a cause for this VM now. */
    static List<Cause> of(List<Event> events, VmId vm, Policy policy, Instant now) {
        return events.stream()
                .filter(event -> event.vms().contains(vm) && event.counts(policy, now))
                .<Cause>map(event ->
                        new Scheduled(
                                event.id(),
                                event.type(),
                                event.deadline(),
                                event.isCorroboratedFor(vm)))
                .toList();
    }
}
