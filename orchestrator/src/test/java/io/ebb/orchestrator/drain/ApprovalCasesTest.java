package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Instruction.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of an event of two VMs. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ApprovalCasesTest {
    private static final Instant NOW = Cases.NOW;
    private static final VmId WEB_0 = new VmId("0");
    private static final VmId WEB_1 = new VmId("1");

    private static final List<Event> EVENTS = events();

    private record Case(Event event, Map<VmId, State> states) {}

    @Test
    @DisplayName(
            "edge case 8: in no case is an event of two VMs approved as drained before both are")
    void noEventIsApprovedAgainstTheRule() {
        assertThat(cases().filter(c -> isWrong(Heart.REAL, c))).isEmpty();
    }

    @Test
    void anEventWhoseVmsAreAllDrainedIsApproved() {
        assertThat(
                        cases().filter(ApprovalCasesTest::mayBeAsDrained)
                                .filter(c -> !isAssumed(c, Assumption.NO_AGENT))
                                .map(c -> approve(Heart.REAL, c)))
                .isNotEmpty()
                .allMatch(Optional::isPresent);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aWrongApprovalIsFound(Heart mutant) {
        assertThat(cases().anyMatch(c -> isWrong(mutant, c))).isTrue();
    }

    static Stream<Heart> mutants() {
        return Stream.of(
                new Heart() {
                    @Override
                    public Optional<Why> approval(Event e, Map<VmId, State> states, Instant now) {
                        return states.values().stream().anyMatch(State.Drained.class::isInstance)
                                ? Optional.of(Why.DRAINED)
                                : Optional.empty();
                    }
                },
                new Heart() {
                    @Override
                    public Optional<Why> approval(Event e, Map<VmId, State> states, Instant now) {
                        return Plan.approval(e, states, now)
                                .map(why -> why == Why.ASSUMED_UDP ? Why.DRAINED : why);
                    }
                },
                new Heart() {
                    @Override
                    public Optional<Why> approval(Event e, Map<VmId, State> states, Instant now) {
                        return Plan.approval(e, states, now)
                                .map(why -> why == Why.ASSUMED ? Why.ASSUMED_UDP : why);
                    }
                },
                new Heart() {
                    @Override
                    public Optional<Why> approval(Event e, Map<VmId, State> states, Instant now) {
                        return now.isBefore(e.deadline())
                                ? Plan.approval(e, states, now)
                                : Optional.of(Why.AT_DEADLINE);
                    }
                },
                new Heart() {
                    @Override
                    public Optional<Why> approval(Event e, Map<VmId, State> states, Instant now) {
                        var known =
                                new Event(
                                        e.id(),
                                        e.type(),
                                        e.vms(),
                                        List.of(),
                                        e.notice(),
                                        e.seenAt(),
                                        e.deadline(),
                                        e.terms(),
                                        e.words(),
                                        Set.of(WEB_0),
                                        e.approved(),
                                        e.acknowledged());
                        return Plan.approval(known, states, now);
                    }
                });
    }

    private static Optional<Why> approve(Heart heart, Case c) {
        return heart.approval(c.event(), c.states(), NOW);
    }

    /** The rule, spelled out anew. */
    private static boolean isWrong(Heart heart, Case c) {
        var why = approve(heart, c);
        if (why.isEmpty()) {
            return false;
        }
        return !isOpen(c)
                || switch (why.get()) {
                    case DRAINED -> !mayBeAsDrained(c) || isAssumed(c);
                    case ASSUMED_UDP ->
                            !mayBeAsDrained(c)
                                    || !isAssumed(c, Assumption.UDP_ONLY)
                                    || isAssumed(c, Assumption.NO_AGENT);
                    case ASSUMED ->
                            !mayBeAsDrained(c)
                                    || !isAssumed(c, Assumption.NO_AGENT)
                                    || !c.event().terms().approveWithoutAgent();
                    case AT_DEADLINE ->
                            !isApprovedWhenDrained(c)
                                    || c.event().terms().atDeadline() != Terms.AtDeadline.APPROVE
                                    || c.event().type() == EventType.PREEMPT
                                    || NOW.isBefore(c.event().deadline());
                    case AT_ONCE -> c.event().terms().approve() != Terms.Approve.AT_ONCE;
                    case OPERATOR ->
                            asked(c, Kind.APPROVE).isEmpty()
                                    || c.event().terms().approve() == Terms.Approve.NEVER;
                };
    }

    /** It may be approved at all: it is there, waits, and no operator said no. */
    private static boolean isOpen(Case c) {
        return c.event().notice() instanceof Notice.Scheduled
                && c.event().inSight()
                && !c.event().acknowledged()
                && asked(c, Kind.HOLD).isEmpty()
                && asked(c, Kind.CANCEL).isEmpty();
    }

    private static List<Instruction> asked(Case c, Kind kind) {
        return c.event().words().stream().filter(word -> word.kind() == kind).toList();
    }

    private static boolean isApprovedWhenDrained(Case c) {
        return c.event().terms().approve() == Terms.Approve.WHEN_DRAINED
                && c.event().terms().action() == Terms.Action.DRAIN;
    }

    private static boolean isAssumed(Case c) {
        return Stream.of(Assumption.values()).anyMatch(why -> isAssumed(c, why));
    }

    private static boolean isAssumed(Case c, Assumption why) {
        return c.states().containsValue(new State.Drained(Optional.of(why)));
    }

    private static boolean mayBeAsDrained(Case c) {
        return isOpen(c)
                && isApprovedWhenDrained(c)
                && c.states().get(WEB_0) instanceof State.Drained
                && c.states().get(WEB_1) instanceof State.Drained
                && (c.event().strangers().isEmpty()
                        || c.event().terms().unmanaged() == Terms.Unmanaged.IGNORE);
    }

    private static Stream<Case> cases() {
        var states =
                List.<State>of(
                        new State.Untouched(),
                        new State.Waiting("no room"),
                        new State.Draining(new Connections.Open(1), true, NOW),
                        new State.Drained(),
                        new State.Drained(Optional.of(Assumption.UDP_ONLY)),
                        new State.Drained(Optional.of(Assumption.NO_AGENT)),
                        new State.Returning("going back"));
        var cases = new ArrayList<Case>();
        for (var zero : states) {
            for (var one : states) {
                for (var event : EVENTS) {
                    cases.add(new Case(event, Map.of(WEB_0, zero, WEB_1, one)));
                }
            }
        }
        return cases.stream();
    }

    private static List<Event> events() {
        var events = new ArrayList<Event>();
        var notices =
                List.of(
                        new Notice.Scheduled(Optional.of(NOW.plusSeconds(600))),
                        new Notice.Started(),
                        new Notice.Gone(NOW));
        for (var notice : notices) {
            for (var type : List.of(EventType.REBOOT, EventType.PREEMPT)) {
                for (var inSight : List.of(true, false)) {
                    for (var acknowledged : List.of(true, false)) {
                        for (var strangers : List.of(List.<String>of(), List.of("db-0"))) {
                            for (var left : List.of(Duration.ofMinutes(5), Duration.ZERO)) {
                                var base =
                                        new Event(
                                                Cases.REBOOT,
                                                type,
                                                Set.of(WEB_0, WEB_1),
                                                strangers,
                                                notice,
                                                NOW.minusSeconds(60),
                                                NOW.plus(left),
                                                Terms.DEFAULT,
                                                List.of(),
                                                inSight ? Set.of(WEB_0) : Set.of(),
                                                Optional.empty(),
                                                acknowledged);
                                variants(base).forEach(events::add);
                            }
                        }
                    }
                }
            }
        }
        return events;
    }

    private static Stream<Event> variants(Event e) {
        return terms().stream()
                .flatMap(terms ->
                        words().stream()
                                .map(words ->
                                        new Event(
                                                e.id(),
                                                e.type(),
                                                e.vms(),
                                                e.strangers(),
                                                e.notice(),
                                                e.seenAt(),
                                                e.deadline(),
                                                terms,
                                                words,
                                                e.witnesses(),
                                                e.approved(),
                                                e.acknowledged())));
    }

    private static List<List<Instruction>> words() {
        return List.of(
                List.of(),
                List.of(word(Kind.APPROVE)),
                List.of(word(Kind.HOLD)),
                List.of(word(Kind.APPROVE), word(Kind.HOLD)),
                List.of(word(Kind.APPROVE), word(Kind.CANCEL)));
    }

    private static Instruction word(Kind kind) {
        var target = new Instruction.Target.OfEvent(Cases.REBOOT);
        return new Instruction(kind.name(), kind, target, "ann", "because", NOW, Optional.empty());
    }

    private static List<Terms> terms() {
        var all = new ArrayList<Terms>();
        for (var atDeadline : Terms.AtDeadline.values()) {
            for (var unmanaged : Terms.Unmanaged.values()) {
                for (var approve : Terms.Approve.values()) {
                    all.add(
                            TermsOf.defaults()
                                    .atDeadline(atDeadline)
                                    .unmanaged(unmanaged)
                                    .approve(approve)
                                    .build());
                }
            }
        }
        all.add(TermsOf.defaults().action(Terms.Action.IGNORE).build());
        all.add(
                TermsOf.defaults()
                        .withoutAgent(Duration.ofMinutes(5), true, Terms.WithoutAgent.OPERATOR)
                        .build());
        return all;
    }
}
