package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * An approval cannot be taken back. Before an event is first approved because its VMs are drained,
 * each is read once more, by a reading that was begun after the plan first called for it; until
 * then the event is left out of the plan. What an operator or the policy said does not rest on
 * readings.
 */
final class Certainty {
    private final Readings readings;

    /** Since when each plan has called for an event's approval. */
    private final Map<EventId, Instant> since = new HashMap<>();

    Certainty(Readings readings) {
        this.readings = readings;
    }

    /** The plan without what is not certain yet. */
    Plan of(Plan plan, Sight sight) {
        var called = new HashSet<EventId>();
        var steps = new ArrayList<>(plan.steps());
        var left =
                steps.removeIf(step ->
                        step instanceof Step.Approve(var id, var why)
                                && why.isOfDrained()
                                && called.add(id)
                                && !isReadAnew(id, sight));
        since.keySet().retainAll(called);
        return left ? new Plan(plan.states(), List.copyOf(steps)) : plan;
    }

    private boolean isReadAnew(EventId id, Sight sight) {
        var begun = since.computeIfAbsent(id, _ -> sight.world().now());
        var isReadAnew = true;
        for (var event : sight.world().events()) {
            if (event.id().equals(id) && event.approved().isEmpty()) {
                for (var vm : event.vms()) {
                    // Each is asked, so that all are read together.
                    isReadAnew &= readings.isReadSince(vm, begun);
                }
            }
        }
        return isReadAnew;
    }
}
