package io.ebb.orchestrator.ledger;

import static io.ebb.orchestrator.ledger.Samples.EVENT;
import static io.ebb.orchestrator.ledger.Samples.SEEN;
import static io.ebb.orchestrator.ledger.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.Lease;
import io.ebb.orchestrator.ledger.Ledger.LeaseLostException;
import io.ebb.orchestrator.ledger.Ledger.RefusedException;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.ledger.Ledger.SpokenMeanwhileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every ledger promises. */
@Timeout(60)
public abstract class LedgerContract {
    protected static final Duration LONG = Duration.ofMinutes(10);

    /** Long enough for a slow store to be asked before it is over. */
    protected static final Duration WHILE = Duration.ofSeconds(3);

    protected static final Duration SHORT = Duration.ofMillis(100);

    protected Ledger ledger;

    /** An empty ledger. */
    protected abstract Ledger create() throws Exception;

    /** Returns when the store's time is that much later. */
    protected abstract void pass(Duration time);

    @BeforeEach
    void createLedger() throws Exception {
        ledger = create();
    }

    protected Lease lease() {
        return ledger.lease("me", LONG).orElseThrow();
    }

    @Test
    void aLeaseThatRunsIsRenewedByItsOwnerAndRefusedToOthers() {
        var before = ledger.now();
        var first = lease();
        assertThat(first.until()).isBetween(before.plus(LONG), ledger.now().plus(LONG));

        assertThat(ledger.lease("other", LONG)).isEmpty();
        pass(Duration.ofMillis(1));
        var renewed = lease();
        assertThat(renewed.fence()).isEqualTo(first.fence());
        assertThat(renewed.until()).isAfter(first.until());
    }

    @Test
    void aLeaseThatHasEndedGoesToWhoeverComesFirstWithAHigherFence() {
        var first = ledger.lease("me", SHORT).orElseThrow();
        pass(SHORT);
        var second = ledger.lease("other", LONG).orElseThrow();
        assertThat(second.owner()).isEqualTo("other");
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(ledger.lease("me", LONG)).isEmpty();
    }

    @Test
    void aFormerOwnerThatComesBackIsFencedFromItsOwnPast() {
        var first = ledger.lease("me", SHORT).orElseThrow();
        pass(SHORT);
        assertThat(lease().fence()).isGreaterThan(first.fence());
        assertLost(first);
    }

    @Test
    void whatLandedLateIsTakenAndNoTurnThatLookedBeforeItIsWritten() {
        var lease = lease();
        var looked = spoken(ledger.open().spoken());
        var member = Samples.member(1, Intent.LEAVE);
        var before = ledger.now();
        ledger.landedLate(member, Samples.entry("d1", "out after all"));

        assertThat(ledger.open().taken())
                .singleElement()
                .satisfies(taken -> {
                    assertThat(taken.with(taken.intent(), member.since())).isEqualTo(member);
                    assertThat(taken.since()).isBetween(before, ledger.now());
                });
        assertThat(ledger.timelineAfter(0, 10))
                .extracting(Entry::message)
                .containsExactly("out after all");
        assertThatThrownBy(() -> ledger.write(lease, looked))
                .isInstanceOf(SpokenMeanwhileException.class);
        ledger.write(lease, spoken(ledger.open().spoken()));
    }

    @Test
    void aLeaseGivenBackIsFreeAtOnce() {
        var first = lease();
        ledger.release(first);
        assertLost(first);
        assertThat(ledger.lease("other", LONG)).isPresent();
    }

    @Test
    void aLeaseThatHasPassedOnCannotBeGivenBackByItsFormerOwner() {
        var first = lease();
        ledger.release(first);
        var second = ledger.lease("other", LONG).orElseThrow();
        ledger.release(first);
        assertThat(ledger.lease("third", LONG)).isEmpty();
        assertThat(ledger.write(second, Samples.timeline(Samples.entry("d", "still here"))))
                .hasSize(1);
    }

    @Test
    void aWriteWithAnOldFenceChangesNothing() {
        var old = ledger.lease("me", SHORT).orElseThrow();
        pass(SHORT);
        var current = ledger.lease("other", LONG).orElseThrow();
        ledger.write(current, everything());
        var before = ledger.open();

        assertThatThrownBy(() ->
                        ledger.write(
                                old,
                                Samples.turn(
                                        List.of(Samples.event("Started")),
                                        List.of(Samples.member(2, Intent.RETURN)),
                                        List.of(Samples.order("late", SEEN.plus(LONG))),
                                        List.of(Samples.drain("late", SEEN)),
                                        List.of(Samples.entry("late", "late")))))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("me");
        assertThat(ledger.open()).isEqualTo(before);
        assertThat(ledger.drain("late")).isEmpty();
        assertThat(ledger.timelineAfter(0, 100)).hasSize(2);
    }

    @Test
    void aWriteAfterTheEndIsRefusedThoughNobodyElseTookTheLease() {
        var ended = ledger.lease("me", SHORT).orElseThrow();
        pass(SHORT);
        assertLost(ended);
    }

    @Test
    void aWriteUnderARenewedLeaseMayShowTheLeaseAsItWasBefore() {
        var first = ledger.lease("me", SHORT).orElseThrow();
        lease();
        pass(SHORT);
        assertThat(ledger.write(first, everything())).hasSize(2);
    }

    @Test
    void whatWasFinishedBeforeATimeIsPrunedAndNothingElse() {
        var lease = lease();
        var cut = SEEN.plus(LONG);
        var old = Samples.closed(Samples.drain("old", SEEN), cut.minusSeconds(1));
        var young = Samples.closed(Samples.drain("young", SEEN), cut);
        ledger.write(
                lease,
                Samples.turn(
                        List.of(),
                        List.of(Samples.member(1, Intent.LEAVE)),
                        List.of(),
                        List.of(old, young, Samples.drain("open", SEEN)),
                        List.of(
                                Samples.entry("old", "old 1"),
                                Samples.entry("young", "young 1"),
                                Samples.entry("open", "open 1"),
                                Samples.entry("old", "old 2"),
                                loose(cut.minusNanos(1000)),
                                loose(cut))));
        var before = ledger.open();

        assertThat(ledger.prune(lease, cut, 100)).isEqualTo(3);

        assertThat(ledger.drains(10))
                .extracting(Ledger.Drain::id)
                .containsExactlyInAnyOrder("young", "open");
        assertThat(ledger.timelineAfter(0, 100))
                .extracting(Entry::sequence)
                .containsExactly(2L, 3L, 6L);
        assertThat(ledger.open()).isEqualTo(before);
        assertThat(ledger.prune(lease, cut, 100)).isZero();
        assertThat(ledger.write(lease, Samples.timeline(Samples.entry("open", "next"))))
                .extracting(Entry::sequence)
                .containsExactly(7L);
    }

    @Test
    void pruningGoesInBatchesOldestFirst() {
        var lease = lease();
        ledger.write(
                lease,
                Samples.turn(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                Samples.closed(Samples.drain("b", SEEN), SEEN.plusSeconds(2)),
                                Samples.closed(Samples.drain("a", SEEN), SEEN.plusSeconds(1)),
                                Samples.closed(Samples.drain("c", SEEN), SEEN.plusSeconds(3))),
                        List.of(
                                Samples.entry("a", "1"),
                                Samples.entry("b", "2"),
                                Samples.entry("a", "3"),
                                Samples.entry("c", "4"))));
        var cut = SEEN.plus(LONG);

        assertThat(ledger.prune(lease, cut, 1)).isEqualTo(1);
        assertThat(ledger.drain("a")).isEmpty();
        assertThat(ledger.drains(10)).hasSize(2);
        assertThat(ledger.timelineAfter(0, 10)).extracting(Entry::message).doesNotContain("1");

        var deleted = 0;
        while (ledger.prune(lease, cut, 1) > 0) {
            deleted++;
        }
        assertThat(deleted).isPositive();
        assertThat(ledger.drains(10)).isEmpty();
        assertThat(ledger.timelineAfter(0, 10)).isEmpty();
    }

    @Test
    void anOrderIsPrunedOnceItsEventIsForgotten() {
        var lease = lease();
        var ended = ledger.now().plus(SHORT);
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), Samples.order("o", ended)));
        pass(SHORT);
        var cut = ledger.now().plus(LONG);
        assertThat(ledger.prune(lease, cut, 100)).isZero();
        ledger.result("o", false, "refused");
        assertThat(ledger.timelineAfter(0, 10)).hasSize(1);

        ledger.write(lease, Samples.closing(List.of(EVENT), List.of()));
        assertThat(ledger.prune(lease, cut, 100)).isEqualTo(1);
        assertThat(ledger.timelineAfter(0, 10)).isEmpty();
        ledger.result("o", true, "late");
        assertThat(ledger.timelineAfter(0, 10)).as("an order that is gone").isEmpty();
    }

    @Test
    void pruningNeedsTheLease() {
        var old = ledger.lease("me", SHORT).orElseThrow();
        ledger.write(
                old, Samples.drains(Samples.closed(Samples.drain("d", SEEN), SEEN.plusSeconds(1))));
        pass(SHORT);
        assertThatThrownBy(() -> ledger.prune(old, SEEN.plus(LONG), 100))
                .isInstanceOf(LeaseLostException.class);
        assertThat(ledger.drain("d")).isPresent();
    }

    private static Entry loose(Instant at) {
        return new Entry(0, at, Optional.empty(), Optional.of(VM), "Adopted", "ebb", "loose");
    }

    private void assertLost(Lease lease) {
        assertThatThrownBy(() -> ledger.write(lease, everything()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(ledger.open().taken()).isEmpty();
        assertThat(ledger.timelineAfter(0, 10)).isEmpty();
    }

    private static Ledger.Turn everything() {
        return Samples.turn(
                List.of(Samples.event("Scheduled")),
                List.of(Samples.member(1, Intent.LEAVE)),
                List.of(),
                List.of(Samples.drain("d1", SEEN)),
                List.of(Samples.entry("d1", "first"), Samples.entry("d1", "second")));
    }

    @Test
    void whatATurnWritesIsReadBackAsItWas() {
        var entries = ledger.write(lease(), everything());

        assertThat(ledger.open().events()).containsExactly(Samples.event("Scheduled"));
        assertThat(ledger.open().taken()).containsExactly(Samples.member(1, Intent.LEAVE));
        assertThat(ledger.open().drains()).containsExactly(Samples.drain("d1", SEEN));
        assertThat(ledger.drain("d1")).contains(Samples.drain("d1", SEEN));
        assertThat(entries).extracting(Entry::sequence).containsExactly(1L, 2L);
        assertThat(entries).extracting(Entry::message).containsExactly("first", "second");
        assertThat(ledger.timeline("d1")).isEqualTo(entries);
        assertThat(ledger.timelineAfter(0, 10)).isEqualTo(entries);
    }

    @Test
    void whatIsEmptyIsReadBackEmpty() {
        var event =
                new SeenEvent(
                        EVENT,
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        "Gone",
                        Optional.empty(),
                        Optional.empty(),
                        SEEN,
                        Optional.of(SEEN),
                        Optional.empty(),
                        Optional.of(SEEN));
        var drain = Samples.closed(Samples.drain("d1", SEEN), SEEN);
        var entry = new Entry(0, SEEN, Optional.empty(), Optional.empty(), "Started", "ebb", "");
        ledger.write(
                lease(),
                Samples.turn(List.of(event), List.of(), List.of(), List.of(drain), List.of(entry)));

        assertThat(ledger.open().events()).containsExactly(event);
        assertThat(ledger.drain("d1")).contains(drain);
        assertThat(ledger.timelineAfter(0, 10).getFirst().drain()).isEmpty();
        assertThat(ledger.timelineAfter(0, 10).getFirst().vm()).isEmpty();
    }

    @Test
    void aRowIsReplacedByItsKey() {
        var lease = lease();
        ledger.write(lease, everything());
        var gone = Samples.event("Gone", Optional.of(SEEN), Optional.empty());
        var closed = Samples.closed(Samples.drain("d1", SEEN), SEEN.plusSeconds(60));
        ledger.write(
                lease,
                Samples.turn(
                        List.of(gone),
                        List.of(Samples.member(1, Intent.RETURN)),
                        List.of(),
                        List.of(closed),
                        List.of()));

        assertThat(ledger.open().events()).containsExactly(gone);
        assertThat(ledger.open().taken()).containsExactly(Samples.member(1, Intent.RETURN));
        assertThat(ledger.open().drains()).isEmpty();
        assertThat(ledger.drain("d1")).contains(closed);
    }

    @Test
    void whatIsSettledOrForgottenIsOpenNoMore() {
        var lease = lease();
        ledger.write(lease, everything());
        ledger.write(
                lease,
                Samples.closing(List.of(EVENT), List.of(Samples.member(1, Intent.LEAVE).id())));
        assertThat(ledger.open().events()).isEmpty();
        assertThat(ledger.open().taken()).isEmpty();
    }

    @Test
    void drainsAreListedLatestFirst() {
        ledger.write(
                lease(),
                Samples.drains(
                        Samples.drain("d2", SEEN.plusSeconds(1)),
                        Samples.drain("d1", SEEN),
                        Samples.drain("d3", SEEN.plusSeconds(2))));
        assertThat(ledger.drains(2)).extracting(Ledger.Drain::id).containsExactly("d3", "d2");
        assertThat(ledger.drain("d4")).isEmpty();
    }

    @Test
    void theTimelineIsReadOnFromASequenceNumber() {
        var lease = lease();
        ledger.write(lease, Samples.timeline(Samples.entry("a", "1"), Samples.entry("b", "2")));
        ledger.write(lease, Samples.timeline(Samples.entry("a", "3"), Samples.entry("b", "4")));
        assertThat(ledger.timelineAfter(1, 2)).extracting(Entry::message).containsExactly("2", "3");
        assertThat(ledger.timeline("a")).extracting(Entry::message).containsExactly("1", "3");
    }

    @Test
    void aReportIsTakenUnlessALaterOneOfItsRunWasHeard() {
        assertThat(ledger.heard(Samples.heard("run1", 5))).isTrue();
        assertThat(ledger.heard(Samples.heard("run1", 5))).isFalse();
        assertThat(ledger.heard(Samples.heard("run1", 4))).isFalse();
        assertThat(ledger.heard(Samples.heard("run1", 7))).isTrue();
        assertThat(ledger.agents()).containsExactly(Samples.heard("run1", 7));

        assertThat(ledger.heard(Samples.heard("run2", 1))).isTrue();
        assertThat(ledger.agents()).containsExactly(Samples.heard("run2", 1));
        assertThat(ledger.agent(Samples.heard("run2", 1).vm())).contains(Samples.heard("run2", 1));
        assertThat(ledger.agent(new VmId("nobody"))).isEmpty();
    }

    @Test
    void whatStandsForAVmIsItsOwn() {
        ledger.write(
                lease(),
                Samples.turn(
                        List.of(Samples.event("Scheduled")),
                        List.of(Samples.member(1, Intent.QUIESCE)),
                        List.of(order("o1")),
                        List.of(),
                        List.of()));
        var standing = ledger.standing(VM);
        assertThat(standing.taken()).containsExactly(Samples.member(1, Intent.QUIESCE));
        assertThat(standing.orders()).extracting(Ledger.Order::id).containsExactly("o1");
        assertThat(ledger.standing(new VmId("other")))
                .isEqualTo(new Ledger.Standing(List.of(), List.of()));
    }

    private Ledger.Order order(String id) {
        return Samples.order(id, ledger.now().plus(LONG));
    }

    @Test
    void anOrderStandsUntilItsEndWhichMayBeRenewed() {
        var lease = lease();
        var until = ledger.now().plus(SHORT);
        ledger.write(
                lease, Samples.ordered(Samples.event("Scheduled"), Samples.order("o1", until)));
        pass(SHORT);
        assertThat(ledger.standing(VM).orders()).isEmpty();

        var renewed = order("o1");
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), renewed));
        assertThat(ledger.standing(VM).orders()).containsExactly(renewed);
    }

    @Test
    void anOrderEndsWithItsEventsBeingScheduled() {
        var lease = lease();
        for (var event :
                List.of(
                        Samples.event("Started"),
                        Samples.event("Scheduled", Optional.of(SEEN), Optional.empty()),
                        Samples.event("Scheduled", Optional.empty(), Optional.of(SEEN)))) {
            ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1")));
            assertThat(ledger.standing(VM).orders()).hasSize(1);
            ledger.write(lease, Samples.events(event));
            assertThat(ledger.standing(VM).orders()).isEmpty();
        }
    }

    @Test
    void anOrderDoesNotComeBackWithAnEventThatWasForgotten() {
        var lease = lease();
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1")));
        ledger.write(lease, Samples.closing(List.of(EVENT), List.of()));
        assertThat(ledger.standing(VM).orders()).isEmpty();
        ledger.write(lease, Samples.events(Samples.event("Scheduled")));
        assertThat(ledger.standing(VM).orders()).isEmpty();
    }

    @Test
    void aGoodResultAcknowledgesTheEventOnce() {
        var lease = lease();
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1"), order("o2")));
        ledger.write(lease, Samples.drains(Samples.drain("d1", SEEN)));
        var before = ledger.now();
        ledger.result("o1", true, "200");
        var acknowledged = acknowledged();
        assertThat(acknowledged.orElseThrow()).isBetween(before, ledger.now());
        assertThat(ledger.standing(VM).orders()).isEmpty();

        pass(Duration.ofMillis(1));
        ledger.result("o1", true, "200");
        ledger.result("o1", false, "500");
        ledger.result("o2", true, "200");
        assertThat(acknowledged()).isEqualTo(acknowledged);
        var timeline = ledger.timelineAfter(0, 10);
        assertThat(timeline).extracting(Entry::type).containsExactly("EventApproved");
        assertThat(ledger.timeline("d1")).isEqualTo(timeline);
    }

    private Optional<Instant> acknowledged() {
        return ledger.open().events().getFirst().acknowledged();
    }

    @Test
    void anAcknowledgementOutlivesATurnThatLookedBeforeIt() {
        var lease = lease();
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1")));
        ledger.result("o1", true, "200");
        var acknowledged = acknowledged();
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1")));
        assertThat(acknowledged()).isPresent().isEqualTo(acknowledged);
        assertThat(ledger.standing(VM).orders()).isEmpty();
    }

    @Test
    void aBadResultIsWrittenDownAndTheOrderStands() {
        ledger.write(lease(), Samples.ordered(Samples.event("Scheduled"), order("o1")));
        ledger.result("o1", false, "500");
        ledger.result("o1", false, "500");
        ledger.result("o1", false, "timed out");
        assertThat(acknowledged()).isEmpty();
        assertThat(ledger.standing(VM).orders()).hasSize(1);

        ledger.result("o1", true, "200");
        assertThat(acknowledged()).isPresent();
        assertThat(ledger.timelineAfter(0, 10))
                .extracting(Entry::type)
                .containsExactly("ApprovalFailed", "ApprovalFailed", "EventApproved");
        assertThat(ledger.timelineAfter(0, 10).getFirst().message()).contains("500");
    }

    @Test
    void aResultNeedsNoLeaseAndIsInTheTimelineOfEachDrainThatWaitedForIt() {
        var lease = lease();
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1")));
        ledger.write(
                lease,
                Samples.drains(
                        Samples.drain("d1", SEEN),
                        Samples.drain("d2", SEEN),
                        Samples.closed(Samples.drain("d3", SEEN), SEEN)));
        ledger.release(lease);
        ledger.result("o1", true, "200");
        assertThat(ledger.timeline("d1")).hasSize(1);
        assertThat(ledger.timeline("d2")).hasSize(1);
        assertThat(ledger.timelineAfter(0, 10)).hasSize(2);
    }

    @Test
    void anOrderToTheControlPlaneIsHandedOutToNoAgentAndTheTimelineSaysWhoCarriedItOut() {
        var order =
                new Ledger.Order(
                        "o1",
                        Ledger.Order.CONTROL_PLANE,
                        Samples.EVENT,
                        "C7061BAC-AFDC",
                        ledger.now().plus(LONG));
        ledger.write(lease(), Samples.ordered(Samples.event("Scheduled"), order));
        assertThat(ledger.standing(VM).orders()).isEmpty();
        assertThat(ledger.standing(Ledger.Order.CONTROL_PLANE).orders()).containsExactly(order);

        ledger.result("o1", true, "Successfully Approved");
        assertThat(ledger.standing(Ledger.Order.CONTROL_PLANE).orders()).isEmpty();
        assertThat(ledger.timelineAfter(0, 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.type()).isEqualTo("EventApproved");
                    assertThat(entry.who()).isEqualTo("control plane");
                    assertThat(entry.vm()).isEmpty();
                });
    }

    @Test
    void aResultForAnUnknownOrderIsNoError() {
        ledger.result("unknown", true, "200");
        assertThat(ledger.timelineAfter(0, 10)).isEmpty();
    }

    @Test
    void aLateResultForAForgottenEventIsStillInTheTimeline() {
        var lease = lease();
        ledger.write(lease, Samples.ordered(Samples.event("Scheduled"), order("o1")));
        ledger.write(lease, Samples.closing(List.of(EVENT), List.of()));
        ledger.result("o1", true, "200");
        assertThat(ledger.open().events()).isEmpty();
        assertThat(ledger.timelineAfter(0, 10))
                .extracting(Entry::vm)
                .containsExactly(Optional.of(VM));
    }

    private static Instruction word(String id, Kind kind) {
        var target =
                kind.isOfVm()
                        ? new Instruction.Target.OfVm(VM)
                        : new Instruction.Target.OfEvent(EVENT);
        return new Instruction(id, kind, target, "ann", "because", SEEN, Optional.empty());
    }

    @Test
    void anInstructionStandsUntilItIsWithdrawnAndIsToldWithItsEnd() {
        var asked = ledger.instruct(word("i1", Kind.DRAIN));
        assertThat(asked.since()).isBetween(ledger.now().minus(LONG), ledger.now());
        assertThat(ledger.open().instructions()).containsExactly(asked);

        assertThat(ledger.withdraw("i1", "bob").orElseThrow().endedBy()).contains("bob");
        assertThat(ledger.withdraw("i1", "eve").orElseThrow().endedBy()).contains("bob");
        assertThat(ledger.withdraw("i2", "eve")).isEmpty();
        assertThat(ledger.instruction("i1").orElseThrow().endedBy()).contains("bob");
        assertThat(ledger.instruction("i2")).isEmpty();
        assertThat(ledger.open().instructions()).isEmpty();
        assertThat(ledger.instructions(5)).hasSize(1);
        assertThat(ledger.timelineAfter(0, 10))
                .extracting(Entry::who)
                .containsExactly("ann", "bob");
        assertThat(ledger.timelineAfter(0, 10))
                .allMatch(entry -> entry.vm().equals(Optional.of(VM)));
    }

    @Test
    void anInstructionExpires() {
        var word = word("i1", Kind.EXEMPT);
        ledger.instruct(
                new Instruction(
                        word.id(),
                        word.kind(),
                        word.target(),
                        word.who(),
                        word.why(),
                        word.since(),
                        Optional.of(ledger.now().plus(WHILE))));
        assertThat(ledger.open().instructions()).hasSize(1);
        pass(WHILE);
        assertThat(ledger.open().instructions()).isEmpty();
    }

    @Test
    void askingTheSameAgainIsNoSecondInstruction() {
        var first = ledger.instruct(word("i1", Kind.DRAIN));
        assertThat(ledger.instruct(word("i1", Kind.DRAIN))).isEqualTo(first);
        assertThatThrownBy(() -> ledger.instruct(word("i1", Kind.EXEMPT)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("i1 was used before");
        assertThat(ledger.instructions(5)).hasSize(1);
        assertThat(ledger.timelineAfter(0, 10)).hasSize(1);
    }

    @Test
    void whatIsOnHoldOrCancelledIsNotHandedOut() {
        ledger.write(lease(), Samples.ordered(announced(), order("o1")));
        for (var kind : List.of(Kind.HOLD, Kind.CANCEL)) {
            assertThat(ledger.standing(VM).orders()).hasSize(1);
            ledger.instruct(word(kind.name(), kind));
            assertThat(ledger.standing(VM).orders()).isEmpty();
            ledger.withdraw(kind.name(), "ann");
        }
        assertThat(ledger.standing(VM).orders()).hasSize(1);
    }

    /** One that is not approved yet. */
    private static SeenEvent announced() {
        var event = Samples.event("Scheduled");
        return new SeenEvent(
                event.id(),
                event.eventId(),
                event.type(),
                event.source(),
                event.description(),
                event.vms(),
                event.status(),
                event.notBefore(),
                event.expected(),
                event.seen(),
                event.gone(),
                Optional.empty(),
                event.acknowledged());
    }

    @Test
    void whatWasApprovedOrHasStartedIsNotCancelledAnyMore() {
        for (var event : List.of(Samples.event("Scheduled"), Samples.event("Started"))) {
            ledger.write(lease(), Samples.events(event));
            assertThatThrownBy(() -> ledger.instruct(word("c1", Kind.CANCEL)))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.code()).isEqualTo("TooLateToCancel"));
        }
        assertThat(ledger.instructions(5)).isEmpty();
    }

    @Test
    void whatIsOnHoldIsNotApprovedBeforeTheHoldIsWithdrawn() {
        assertThatThrownBy(() -> ledger.instruct(word("a1", Kind.APPROVE)))
                .isInstanceOf(RefusedException.class);
        ledger.write(lease(), Samples.events(announced()));
        ledger.instruct(word("h1", Kind.HOLD));
        assertThatThrownBy(() -> ledger.instruct(word("a1", Kind.APPROVE)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("h1");
        ledger.withdraw("h1", "ann");
        assertThat(ledger.instruct(word("a1", Kind.APPROVE)).kind()).isEqualTo(Kind.APPROVE);
    }

    @Test
    void aTurnThatLookedBeforeAnOperatorSpokeWritesNothing() {
        var lease = lease();
        var turn = spoken(ledger.open().spoken());
        ledger.write(lease, turn);
        ledger.instruct(word("i1", Kind.HOLD));
        assertThatThrownBy(() -> ledger.write(lease, turn))
                .isInstanceOf(SpokenMeanwhileException.class);
        ledger.write(lease, spoken(ledger.open().spoken()));
        ledger.withdraw("i1", "ann");
        var before = ledger.open().spoken();
        ledger.revise(0, "{}", "ann", "first");
        assertThatThrownBy(() -> ledger.write(lease, spoken(before)))
                .isInstanceOf(SpokenMeanwhileException.class);
    }

    private static Ledger.Turn spoken(long spoken) {
        var turn = Samples.events(Samples.event("Scheduled"));
        return new Ledger.Turn(
                turn.events(),
                turn.forgotten(),
                turn.taken(),
                turn.settled(),
                turn.orders(),
                turn.drains(),
                turn.fulfilled(),
                turn.timeline(),
                OptionalLong.of(spoken));
    }

    @Test
    void whatWasFollowedEnds() {
        ledger.instruct(word("i1", Kind.PUT_BACK));
        var turn = Samples.events();
        ledger.write(
                lease(),
                new Ledger.Turn(
                        turn.events(),
                        turn.forgotten(),
                        turn.taken(),
                        turn.settled(),
                        turn.orders(),
                        turn.drains(),
                        List.of("i1"),
                        turn.timeline(),
                        turn.spoken()));
        assertThat(ledger.open().instructions()).isEmpty();
        assertThat(ledger.instructions(5).getFirst().endedBy()).contains("ebb");
    }

    @Test
    void thePolicyHasVersionsAndEachReplacesTheOneThatWasRead() {
        assertThat(ledger.policy()).isEmpty();
        var first = ledger.revise(0, "{\"a\":1}", "settings", "first start");
        var second = ledger.revise(1, "{\"a\":2}", "ann", "longer");
        assertThat(first.version()).isEqualTo(1);
        assertThat(ledger.policy()).contains(second);
        assertThat(ledger.open().policy()).contains(second);
        assertThatThrownBy(() -> ledger.revise(1, "{}", "bob", ""))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo("PolicyChanged"));
        var told = ledger.timelineAfter(0, 10).getLast();
        assertThat(told.before()).contains("{\"a\":1}");
        assertThat(told.after()).contains("{\"a\":2}");
        assertThat(told.who()).isEqualTo("ann");
    }
}
