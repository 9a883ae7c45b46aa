package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scheduled event that concerns a VM of Ebb's.
 *
 * @param vms those of its VMs that Ebb manages
 * @param strangers names of those that it does not manage; they are never drained
 * @param seenAt when Ebb first heard of it
 * @param deadline when draining for it ends; see {@link Policy#deadline}
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
        Set<VmId> witnesses,
        Optional<Why> approved,
        boolean acknowledged) {

    public Event {
        vms = Set.copyOf(vms);
        witnesses = Set.copyOf(witnesses);
        strangers = List.copyOf(strangers);
    }

    /** Whether a fresh, good document shows it now. */
    public boolean inSight() {
        return !witnesses.isEmpty();
    }

    /** Whether more than one stranger's word says that this VM is concerned. */
    boolean isCorroboratedFor(VmId vm) {
        return witnesses.contains(vm) || witnesses.size() >= 2;
    }

    /**
     * Whether the event is a reason to be out of rotation now: it has started, or may start since
     * it was approved, or NotBefore is less than the lead away. Hardware that degrades is announced
     * days ahead; a VM is not kept out so long.
     */
    public boolean counts(Policy policy, Instant now) {
        return switch (notice) {
            case Notice.Scheduled(var notBefore) ->
                    approved.isPresent()
                            || notBefore
                                    .map(time -> !now.isBefore(time.minus(policy.lead())))
                                    .orElse(true);
            case Notice.Started _ -> true;
            case Notice.Gone _ -> false;
        };
    }
}
