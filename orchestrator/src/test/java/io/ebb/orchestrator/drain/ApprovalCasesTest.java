package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

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

    private record Case(Event event, Map<VmId, State> states, Policy policy) {}

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
                    public Optional<Why> approval(
                            Event e, Map<VmId, State> states, Policy p, Instant now) {
                        return states.values().stream().anyMatch(State.Drained.class::isInstance)
                                ? Optional.of(Why.DRAINED)
                                : Optional.empty();
                    }
                },
                new Heart() {
                    @Override
                    public Optional<Why> approval(
                            Event e, Map<VmId, State> states, Policy p, Instant now) {
                        return now.isBefore(e.deadline())
                                ? Plan.approval(e, states, p, now)
                                : Optional.of(Why.AT_DEADLINE);
                    }
                },
                new Heart() {
                    @Override
                    public Optional<Why> approval(
                            Event e, Map<VmId, State> states, Policy p, Instant now) {
                        var known =
                                new Event(
                                        e.id(),
                                        e.type(),
                                        e.vms(),
                                        List.of(),
                                        e.notice(),
                                        e.seenAt(),
                                        e.deadline(),
                                        Set.of(WEB_0),
                                        e.approved(),
                                        e.acknowledged());
                        return Plan.approval(known, states, p, now);
                    }
                });
    }

    private static Optional<Why> approve(Heart heart, Case c) {
        return heart.approval(c.event(), c.states(), c.policy(), NOW);
    }

    /** The rule, spelled out anew. */
    private static boolean isWrong(Heart heart, Case c) {
        var why = approve(heart, c);
        if (why.isEmpty()) {
            return false;
        }
        var open =
                c.event().notice() instanceof Notice.Scheduled
                        && c.event().inSight()
                        && !c.event().acknowledged();
        var opted =
                c.policy().atDeadline() == Policy.AtDeadline.APPROVE
                        && c.event().type() != EventType.PREEMPT
                        && !NOW.isBefore(c.event().deadline());
        return !open
                || switch (why.get()) {
                    case DRAINED -> !mayBeAsDrained(c);
                    case AT_DEADLINE -> !opted;
                };
    }

    private static boolean mayBeAsDrained(Case c) {
        return c.event().notice() instanceof Notice.Scheduled
                && c.event().inSight()
                && !c.event().acknowledged()
                && c.states().get(WEB_0) instanceof State.Drained
                && c.states().get(WEB_1) instanceof State.Drained
                && (c.event().strangers().isEmpty()
                        || c.policy().unmanaged() == Policy.Unmanaged.IGNORE);
    }

    private static Stream<Case> cases() {
        var states =
                List.<State>of(
                        new State.Untouched(),
                        new State.Waiting("no room"),
                        new State.Draining(new Connections.Open(1), true, NOW),
                        new State.Drained(),
                        new State.Returning("going back"));
        var cases = new ArrayList<Case>();
        for (var zero : states) {
            for (var one : states) {
                for (var event : events()) {
                    for (var policy : policies()) {
                        cases.add(new Case(event, Map.of(WEB_0, zero, WEB_1, one), policy));
                    }
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
                                events.add(
                                        new Event(
                                                Cases.REBOOT,
                                                type,
                                                Set.of(WEB_0, WEB_1),
                                                strangers,
                                                notice,
                                                NOW.minusSeconds(60),
                                                NOW.plus(left),
                                                inSight ? Set.of(WEB_0) : Set.of(),
                                                Optional.empty(),
                                                acknowledged));
                            }
                        }
                    }
                }
            }
        }
        return events;
    }

    private static List<Policy> policies() {
        var d = Policy.DEFAULT;
        var policies = new ArrayList<Policy>();
        for (var atDeadline : Policy.AtDeadline.values()) {
            for (var unmanaged : Policy.Unmanaged.values()) {
                policies.add(
                        new Policy(
                                d.lead(),
                                d.longestDrain(),
                                d.margin(),
                                d.quiet(),
                                atDeadline,
                                d.keepIn(),
                                unmanaged));
            }
        }
        return policies;
    }
}
