package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An approval cannot be taken back. Before an event is first approved because its VMs are drained,
 * each is read once more, by a reading that was begun after the plan first called for it; until
 * then the event is left out of the plan. What an operator or the policy said does not rest on
 * readings.
 */
final class Certainty {
    private final Readings readings;

    /** Since when the plans have called for an event's approval. */
    private final Map<EventId, Instant> since = new HashMap<>();

    private long fence = -1;

    Certainty(Readings readings) {
        this.readings = readings;
    }

    /** What was called for under another lease is not remembered. */
    void under(Ledger.Lease lease) {
        if (lease.fence() != fence) {
            fence = lease.fence();
            since.clear();
        }
    }

    /** The plan without what is not certain yet. */
    Plan of(Plan plan, Sight sight) {
        var steps = new ArrayList<Step>();
        var called = new HashSet<EventId>();
        for (var step : plan.steps()) {
            if (step instanceof Step.Approve(var id, var why) && why.isOfDrained()) {
                called.add(id);
                if (!isReadAnew(event(id, sight), sight)) {
                    Plan.atDeadline(event(id, sight), sight.world().now())
                            .ifPresent(due -> steps.add(new Step.Approve(id, due)));
                    continue;
                }
            }
            steps.add(step);
        }
        forget(called, sight);
        return new Plan(plan.states(), steps);
    }

    private static Event event(EventId id, Sight sight) {
        return sight.world().events().stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private boolean isReadAnew(Event event, Sight sight) {
        var begun = since.computeIfAbsent(event.id(), _ -> sight.world().now());
        var isReadAnew = true;
        if (event.approved().isEmpty()) {
            for (var vm : event.vms()) {
                // Each is asked, so that all are read together.
                isReadAnew &= readings.isReadSince(vm, begun);
            }
        }
        return isReadAnew;
    }

    /**
     * Where readings take longer than they stay young, a VM is unread from time to time, and its
     * event not called for; that must not begin the wait anew.
     */
    private void forget(Set<EventId> called, Sight sight) {
        if (since.size() == called.size()) {
            return;
        }
        var unread =
                sight.world().vms().stream()
                        .filter(vm -> vm.isUnread())
                        .map(vm -> vm.id())
                        .collect(Collectors.toSet());
        for (var event : sight.world().events()) {
            if (event.vms().stream().anyMatch(unread::contains)) {
                called.add(event.id());
            }
        }
        since.keySet().retainAll(called);
    }
}
