package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.Why;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.Order;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one turn writes down before anything is done: the events as now known, the intents with each
 * member's exact state, the orders, and the history for people.
 */
final class Minutes {
    /** Well within a lease. */
    private static final Duration RENEWAL = Duration.ofSeconds(4);

    private final Sight sight;
    private final Plan plan;
    private final Instant now;
    private final Chronicle chronicle;
    private final Map<EventId, SeenEvent> events = new LinkedHashMap<>();
    private final List<TakenMember> taken = new ArrayList<>();
    private final List<MemberId> settled = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    private Minutes(Sight sight, Plan plan, RandomGenerator random) {
        this.sight = sight;
        this.plan = plan;
        this.now = sight.world().now();
        this.chronicle = new Chronicle(sight, random);
    }

    /**
     * Writes the minutes of a turn.
     *
     * @param notes what the lanes have to tell
     * @param enforce false: the steps are recorded as what would have been done, and nothing else
     */
    static Ledger.Turn of(
            Sight sight,
            Plan plan,
            Orders orders,
            List<Notes.Note> notes,
            boolean enforce,
            RandomGenerator random) {
        var minutes = new Minutes(sight, plan, random);
        minutes.noteEvents();
        notes.forEach(n -> minutes.chronicle.say(n.vm(), n.type(), n.message()));
        minutes.chronicle.follow(plan);
        if (enforce) {
            plan.steps().forEach(step -> minutes.intend(step, orders));
            minutes.orders.addAll(orders.withdraw(approvals(plan), sight.world().now()));
        } else {
            minutes.noteWhatWouldBeDone();
            minutes.letGo();
        }
        return new Ledger.Turn(
                List.copyOf(minutes.events.values()),
                minutes.forgotten(),
                minutes.taken,
                minutes.settled,
                minutes.orders,
                minutes.chronicle.drains(),
                minutes.chronicle.entries());
    }

    private static Set<EventId> approvals(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step instanceof Step.Approve a ? Stream.of(a.event()) : null)
                .collect(Collectors.toSet());
    }

    /**
     * What an earlier enforce mode took out: agents and applications are let go, which needs no
     * right; the pool's membership is left to a person, and said so.
     */
    private void letGo() {
        for (var row : sight.open().taken()) {
            if (!row.intent().isBack()) {
                taken.add(with(row, Intent.RETURN));
                chronicle.say(
                        row.id().vm(),
                        "LetGo",
                        "it was taken out of pool %s before the mode became observe: it must be put back by hand"
                                .formatted(row.id().pool().name()));
            }
        }
        plan.steps().stream()
                .flatMap(step -> step instanceof Step.Settle s ? Stream.of(s.member().id()) : null)
                .forEach(settled::add);
    }

    private void noteEvents() {
        var known = new LinkedHashMap<EventId, SeenEvent>();
        sight.open().events().forEach(event -> known.put(event.id(), event));
        for (var event : sight.events().values()) {
            var before = known.get(event.id());
            if (!event.equals(before)) {
                events.put(event.id(), event);
                if (before == null || !before.status().equals(event.status())) {
                    tell(event);
                }
            }
        }
    }

    private void tell(SeenEvent event) {
        var message =
                switch (event.status()) {
                    case Events.STARTED ->
                            "%s %s has started".formatted(event.type(), event.eventId());
                    case Events.GONE ->
                            "%s %s is gone: %s"
                                    .formatted(
                                            event.type(),
                                            event.eventId(),
                                            sight.evidence().getOrDefault(event.id(), ""));
                    default ->
                            "%s %s of %s (%s), not before %s: %s"
                                    .formatted(
                                            event.type(),
                                            event.eventId(),
                                            String.join(", ", event.vms()),
                                            event.source(),
                                            event.notBefore()
                                                    .map(Instant::toString)
                                                    .orElse("an unknown time"),
                                            event.description());
                };
        vmsOf(event.id()).forEach(vm -> chronicle.say(vm, "Event" + event.status(), message));
    }

    private List<VmId> vmsOf(EventId id) {
        return sight.world().events().stream()
                .filter(event -> event.id().equals(id))
                .flatMap(event -> event.vms().stream())
                .toList();
    }

    private void intend(Step step, Orders agents) {
        switch (step) {
            case Step.Quiesce(var member) ->
                    intend(
                            member,
                            Intent.QUIESCE,
                            "Quiescing",
                            "having its agent fail the probe of");
            case Step.TakeOut(var member) ->
                    intend(member, Intent.LEAVE, "TakingOut", "taking it out of");
            case Step.Recall(var member) ->
                    intend(
                            member,
                            Intent.RECALL,
                            "Recalling",
                            "letting its application take hold again for");
            case Step.PutBack(var member) ->
                    intend(member, Intent.RETURN, "PuttingBack", "putting it back into");
            case Step.Settle(var member) -> {
                settled.add(member.id());
                chronicle.say(
                        member.id().vm(),
                        "Settled",
                        (member.standing() == Standing.GONE
                                        ? "its network interface is gone or was made anew; nothing to put back into pool "
                                        : "in rotation again in pool ")
                                + member.id().pool().name());
            }
            case Step.Approve(var event, var why) -> approve(event, why, agents);
        }
    }

    /**
     * Writes the intent with the member's exact state. One that stands is written anew now and
     * then: its time says until when a write of it may still be under way.
     */
    private void intend(Member member, Intent intent, String type, String words) {
        var row = sight.taken(member.id());
        if (row.isPresent() && stands(row.get().intent(), intent, member)) {
            if (row.get().intent() == Intent.LEAVE
                    && row.get().since().plus(RENEWAL).isBefore(now)) {
                taken.add(with(row.get(), row.get().intent()));
            }
            return;
        }
        row.map(r -> with(r, intent))
                .or(() -> first(member, intent))
                .ifPresent(r -> {
                    taken.add(r);
                    chronicle.say(
                            member.id().vm(),
                            type,
                            "%s pool %s".formatted(words, member.id().pool().name()));
                });
    }

    /** A member that is to leave is quiesced all the while. */
    private static boolean stands(Intent before, Intent next, Member member) {
        return before == next
                || (next == Intent.QUIESCE
                        && before == Intent.LEAVE
                        && member.standing() != Standing.IN);
    }

    private TakenMember with(TakenMember row, Intent intent) {
        return new TakenMember(
                row.id(), row.resource(), row.guid(), row.saved(), row.strategy(), intent, now);
    }

    private Optional<TakenMember> first(Member member, Intent intent) {
        return sight.placed(member.id())
                .map(placed ->
                        new TakenMember(
                                member.id(),
                                placed.resource().id(),
                                placed.resource().guid(),
                                placed.place().saved(),
                                member.strategy().name(),
                                intent,
                                now));
    }

    private void approve(EventId id, Why why, Orders agents) {
        var event = sight.events().get(id);
        if (event == null) {
            return;
        }
        if (event.approved().isEmpty()) {
            var approved = withApproval(event, why.name());
            events.put(id, approved);
            vmsOf(id)
                    .forEach(vm ->
                            chronicle.say(
                                    vm,
                                    "Approving",
                                    "approving %s %s: %s"
                                            .formatted(event.type(), event.eventId(), words(why))));
        }
        agents.order(sight, event).ifPresent(orders::add);
    }

    private static String words(Why why) {
        return switch (why) {
            case DRAINED -> "every VM of it is drained";
            case AT_DEADLINE -> "its deadline has come, and the policy approves then";
        };
    }

    private static SeenEvent withApproval(SeenEvent event, String why) {
        return new SeenEvent(
                event.id(),
                event.eventId(),
                event.type(),
                event.source(),
                event.description(),
                event.vms(),
                event.status(),
                event.notBefore(),
                event.seen(),
                event.gone(),
                Optional.of(why),
                event.acknowledged());
    }

    /** In observe mode each change of state is followed by what would have been done. */
    private void noteWhatWouldBeDone() {
        for (var drain : chronicle.drains()) {
            var before =
                    sight.open().drains().stream()
                            .filter(d -> d.id().equals(drain.id()))
                            .findFirst();
            if (before.isEmpty() || !before.get().state().equals(drain.state())) {
                plan.steps().stream()
                        .filter(step ->
                                step instanceof Step.OnMember on
                                        && on.member().id().vm().equals(drain.vm()))
                        .forEach(step -> chronicle.say(drain.vm(), "Observed", wouldBe(step)));
            }
        }
    }

    private static String wouldBe(Step step) {
        return switch (step) {
            case Step.Quiesce(var m) ->
                    "would have its agent fail the probe of pool " + m.id().pool().name();
            case Step.TakeOut(var m) -> "would take it out of pool " + m.id().pool().name();
            case Step.Recall(var m) ->
                    "would let its application take hold of pool " + m.id().pool().name();
            case Step.PutBack(var m) -> "would put it back into pool " + m.id().pool().name();
            case Step.Settle(var m) -> "would close pool " + m.id().pool().name();
            case Step.Approve(var event, var why) -> "would approve " + event + ": " + why;
        };
    }

    /** Events that are gone and that no open drain needs any more. */
    private List<EventId> forgotten() {
        return sight.events().values().stream()
                .filter(event -> event.status().equals(Events.GONE))
                .map(SeenEvent::id)
                .filter(id -> vmsOf(id).stream().noneMatch(chronicle::isOpen))
                .toList();
    }
}
