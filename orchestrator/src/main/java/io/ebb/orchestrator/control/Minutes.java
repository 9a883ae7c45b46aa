package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What one turn writes down before anything is done: the events as now known, the intents with each
 * member's exact state, the orders, and the history for people.
 */
final class Minutes {
    private final Sight sight;
    private final Plan plan;
    private final Chronicle chronicle;
    private final Announcements announcements;
    private final Intents intents;
    private final List<Order> orders = new ArrayList<>();

    private Minutes(Sight sight, Plan plan, List<Notes.Note> notes, RandomGenerator random) {
        this.sight = sight;
        this.plan = plan;
        this.chronicle = new Chronicle(sight, random);
        this.announcements = new Announcements(sight, chronicle);
        this.intents = new Intents(sight, chronicle);
        notes.forEach(note -> chronicle.say(note.vm(), note.type(), note.message()));
        chronicle.follow(plan);
    }

    /**
     * Writes the minutes of a turn.
     *
     * <p>Where the rules only observe, the steps are recorded as what would have been done, and
     * nothing else.
     *
     * @param notes what the lanes have to tell
     */
    static Ledger.Turn of(
            Sight sight, Plan plan, Orders orders, List<Notes.Note> notes, RandomGenerator random) {
        var minutes = new Minutes(sight, plan, notes, random);
        if (sight.rules().enforce()) {
            minutes.decide(orders);
        } else {
            minutes.observe();
        }
        return minutes.written();
    }

    private Ledger.Turn written() {
        return new Ledger.Turn(
                announcements.changed(),
                announcements.forgotten(),
                intents.taken(),
                intents.settled(),
                orders,
                chronicle.drains(),
                Fulfilled.of(sight, plan),
                chronicle.entries(),
                OptionalLong.of(sight.open().spoken()));
    }

    private void decide(Orders agents) {
        var approved = new HashSet<EventId>();
        sight.world().vms().forEach(vm -> vm.members().forEach(intents::seen));
        for (var step : plan.steps()) {
            switch (step) {
                case Step.OnMember onMember -> intents.add(onMember);
                case Step.Approve(var id, var why) -> {
                    var event = sight.events().get(id);
                    if (event != null) {
                        approved.add(id);
                        announcements.approve(event, why);
                        orders.addAll(agents.order(sight, event));
                    }
                }
            }
        }
        orders.addAll(agents.withdraw(approved, sight));
    }

    /** Each change of a state is followed by what would have been done. */
    private void observe() {
        intents.letGo(plan.steps());
        for (var drain : chronicle.drains()) {
            var before =
                    sight.open().drains().stream()
                            .filter(d -> d.id().equals(drain.id()))
                            .findFirst();
            if (before.isEmpty() || !before.get().state().equals(drain.state())) {
                for (var step : plan.steps()) {
                    if (step instanceof Step.OnMember on
                            && on.member().id().vm().equals(drain.vm())) {
                        chronicle.say(drain.vm(), "Observed", wouldBe(on));
                    }
                }
                if (drain.state().equals("Draining")) {
                    chronicle.say(
                            drain.vm(),
                            "Observed",
                            "would approve its event once every VM of it is drained");
                }
            }
        }
    }

    private static String wouldBe(Step.OnMember step) {
        return switch (step) {
            case Step.Quiesce(var m) ->
                    "would have its agent fail the probe of pool " + m.id().pool().name();
            case Step.TakeOut(var m) -> "would take it out of pool " + m.id().pool().name();
            case Step.Recall(var m) ->
                    "would let its application take hold of pool " + m.id().pool().name();
            case Step.PutBack(var m) -> "would put it back into pool " + m.id().pool().name();
            case Step.Settle(var m) -> "would close pool " + m.id().pool().name();
        };
    }
}
