package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import io.ebb.protocol.Report.HookState;
import io.ebb.protocol.Wish;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One event from report to put-back, in the order in which it happens. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RoundTripTest {
    private static final String REBOOT = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(11);

    private final House house = new House(3, true);

    private String scheduled(String id, int vm) {
        return Reports.event(id, "Scheduled", "Fri, 20 Nov 2026 17:15:00 GMT", "web-" + vm);
    }

    private Wish report(Reports reports) {
        return house.report(reports);
    }

    /** All agents see the event; web-1 has this many connections. */
    private Wish announce(int connections) {
        report(House.web(0).sees(scheduled(REBOOT, 1)));
        report(House.web(2).sees(scheduled(REBOOT, 1)));
        return report(House.web(1).sees(scheduled(REBOOT, 1)).connections(connections));
    }

    private void quiesce() {
        house.after(SECOND);
        announce(4);
        house.after(SECOND);
        announce(4);
        house.cloud.verdict(House.vm(1), Verdict.DOWN);
        announce(4);
        house.after(Duration.ofSeconds(4));
    }

    private void takeOut() {
        quiesce();
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        house.after(SECOND);
    }

    private void drain() {
        takeOut();
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        house.after(SECOND);
    }

    @Test
    void aReportedEventHasTheAgentFailTheProbeFirst() {
        house.after(SECOND);
        announce(4);
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
        var wish = announce(4);
        assertThat(wish.passProbe()).isFalse();
        assertThat(wish.hook()).isEqualTo(Wish.Hook.DRAIN);
        assertThat(report(House.web(0)).passProbe()).isTrue();
    }

    @Test
    void itLeavesThePoolOnlyWhenItsConnectionsHaveRunOff() {
        quiesce();
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
        house.after(QUIET);
        announce(1);
        house.after(SECOND);
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
        announce(0);
        house.after(SECOND);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
    }

    @Test
    void quietBeforeTheTakeOutProvesNothing() {
        takeOut();
        announce(0);
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(announce(0).approve()).isEmpty();
    }

    @Test
    void whileTheLoadBalancerStillListsAMemberItIsNotOut() {
        house.cloud.linger(House.vm(1), true);
        takeOut();
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
        house.cloud.linger(House.vm(1), false);
        house.after(Duration.ofSeconds(4));
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Drained.class);
    }

    @Test
    void aMemberThatIsStillListedIsNotForgottenWhenItsEventIsGone() {
        house.cloud.linger(House.vm(1), true);
        takeOut();
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        report(House.web(0).misses(REBOOT, 3));
        for (var second = 0; second < 20; second++) {
            report(House.web(1).misses(REBOOT, 3));
            house.after(SECOND);
        }
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
    }

    @Test
    void nothingIsConcludedWhileAWriteIsUnderWay() {
        quiesce();
        house.beSlow();
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        house.cloud.meddle(House.vm(1), false);
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(announce(0).approve()).isEmpty();
    }

    @Test
    void aVmThatIsBeingPutBackIsNotDrainedForTheNextEvent() {
        drain();
        report(House.web(0).misses(REBOOT, 3));
        report(House.web(2).misses(REBOOT, 3));
        report(House.web(1).misses(REBOOT, 3));
        house.after(SECOND);
        house.beSlow();
        house.after(Duration.ofSeconds(2));
        report(House.web(1).misses(REBOOT, 3));
        house.after(Duration.ofSeconds(2));
        report(House.web(1).misses(REBOOT, 3));
        house.after(SECOND);
        assertThat(house.told(1)).contains("PuttingBack");
        report(House.web(1).sees(scheduled("0C", 1)));
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(report(House.web(1).sees(scheduled("0C", 1))).passProbe()).isFalse();
        house.answer();
        report(House.web(1).sees(scheduled("0C", 1)));
        house.after(Duration.ofSeconds(4));
        assertThat(report(House.web(1).sees(scheduled("0C", 1))).approve()).isEmpty();
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    void anOrderIsWithdrawnWhenItsVmIsInRotationAgain() {
        drain();
        assertThat(announce(0).approve()).hasSize(1);
        house.cloud.meddle(House.vm(1), true);
        house.cloud.verdict(House.vm(1), Verdict.UP);
        house.after(Duration.ofSeconds(4));
        assertThat(announce(0).approve()).isEmpty();
    }

    @Test
    @DisplayName("edge case 38: a VM that was deleted while it was out is closed")
    void aVmThatWasDeletedWhileItWasOutIsClosedAndBlocksNobody() {
        drain();
        house.cloud.delete(House.vm(1));
        house.inventory();
        house.after(Duration.ofSeconds(4));
        house.after(Duration.ofSeconds(4));
        assertThat(house.ledger.open().taken()).isEmpty();
        assertThat(house.told(1)).contains("Settled");
    }

    @Test
    void aVmThatIsDeletedByItsEventVanishesAlsoWhileTheInventoryStillShowsIt() {
        drain();
        house.cloud.delete(House.vm(1));
        house.after(Duration.ofSeconds(4));
        house.after(Duration.ofSeconds(8));
        report(House.web(0).misses(REBOOT, 3));
        report(House.web(2).misses(REBOOT, 3));
        house.after(SECOND);
        house.after(SECOND);

        assertThat(house.ledger.open().taken()).isEmpty();
        assertThat(house.drain(1).outcome().orElseThrow()).startsWith("vanished: ");
    }

    @Test
    void theApplicationTakesHoldAgainBeforeItsHealthIsAwaited() {
        drain();
        report(House.web(0).misses(REBOOT, 3));
        report(House.web(2).misses(REBOOT, 3));
        report(House.web(1).misses(REBOOT, 3).healthy(false).hook(HookState.DRAINED));
        house.after(SECOND);
        var wish = report(House.web(1).healthy(false).hook(HookState.DRAINED));
        assertThat(wish.hook()).isEqualTo(Wish.Hook.UNDRAIN);
        assertThat(wish.passProbe()).isFalse();
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
    }

    @Test
    void oneStrangersWordDoesNotTakeAPoolBelowItsMinimum() {
        house.after(SECOND);
        var all = Reports.event("0D", "Started", "", "web-1", "web-2");
        report(House.web(0).sees(all));
        report(House.web(1));
        report(House.web(2));
        house.after(SECOND);
        house.after(SECOND);
        assertThat(house.ledger.open().taken()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void theEventIsApprovedOnceTheVmIsOutVerifiedAndQuiet() {
        drain();
        assertThat(house.state(1)).isInstanceOf(State.Drained.class);
        var wish = announce(0);
        assertThat(wish.approve()).hasSize(1);
        assertThat(wish.approve().getFirst().eventId()).isEqualTo(REBOOT);
        assertThat(report(House.web(0)).approve()).isEmpty();
    }

    @Test
    void itGoesBackOnlyAfterTheEventIsGoneAndTheVmIsHealthy() {
        drain();
        // The VM restarts: its agent is silent, the others see the event start and go.
        var started = Reports.event(REBOOT, "Started", "", "web-1");
        report(House.web(0).sees(started));
        house.after(Duration.ofSeconds(30));
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        report(House.web(0).misses(REBOOT, 3));
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Returning.class);
        report(House.web(1).boot("boot-2").healthy(false));
        house.after(SECOND);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        report(House.web(1).boot("boot-2"));
        house.after(Duration.ofSeconds(4));
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        report(House.web(1).boot("boot-2"));
        house.after(SECOND);
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
    }

    @Test
    @DisplayName("edge case 5: an event that was never seen as Started ends like any other")
    void theDrainIsClosedOnceTheLoadBalancerCallsTheVmUp() {
        drain();
        report(House.web(0).misses(REBOOT, 3));
        report(House.web(2).misses(REBOOT, 3));
        report(House.web(1).misses(REBOOT, 3).hook(HookState.DRAINED));
        house.after(SECOND);
        report(House.web(1).misses(REBOOT, 3).hook(HookState.DRAINED));
        house.after(Duration.ofSeconds(4));
        report(House.web(1).misses(REBOOT, 3).hook(HookState.DRAINED));
        house.after(Duration.ofSeconds(4));
        assertThat(house.state(1)).isInstanceOf(State.Returning.class);
        var wish = report(House.web(1).hook(HookState.DRAINED));
        assertThat(wish.passProbe()).isTrue();
        assertThat(wish.hook()).isEqualTo(Wish.Hook.UNDRAIN);
        house.cloud.verdict(House.vm(1), Verdict.UP);
        report(House.web(1).hook(HookState.UNDRAINED));
        house.after(Duration.ofSeconds(4));
        house.after(Duration.ofSeconds(4));
        assertThat(house.state(1)).isInstanceOf(State.Untouched.class);
        assertThat(house.ledger.open().taken()).isEmpty();
        assertThat(house.ledger.open().events()).isEmpty();
        assertThat(house.ledger.drains(10).getFirst().outcome()).contains("back in rotation");
        assertThat(house.told(1))
                .containsSubsequence(
                        "EventScheduled",
                        "Quiescing",
                        "TakingOut",
                        "TakenOut",
                        "StateDrained",
                        "Approving",
                        "EventGone",
                        "StateReturning",
                        "PuttingBack",
                        "PutBack",
                        "Settled",
                        "Closed");
    }

    @Test
    void aRestartOfTheOrchestratorChangesNothing() {
        quiesce();
        house.restart();
        house.after(SECOND);
        assertThat(announce(4).passProbe()).isFalse();
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        house.restart();
        house.after(SECOND);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        house.after(SECOND);
        assertThat(announce(0).approve()).hasSize(1);
        assertThat(house.ledger.drains(10)).hasSize(1);
    }

    @Test
    @DisplayName("edge case 30: a second event waits for the first and says why")
    void aSecondEventWaitsForTheFirstAndSaysWhy() {
        var other = scheduled("0B", 2);
        house.after(SECOND);
        report(House.web(0).sees(scheduled(REBOOT, 1)));
        report(House.web(1).sees(scheduled(REBOOT, 1)));
        report(House.web(2).sees(scheduled(REBOOT, 1)));
        house.after(SECOND);
        report(House.web(0).sees(scheduled(REBOOT, 1), other));
        house.after(SECOND);
        assertThat(house.state(2))
                .isInstanceOfSatisfying(
                        State.Waiting.class,
                        waiting ->
                                assertThat(waiting.why())
                                        .contains("web has 2 of 3 in rotation")
                                        .contains("out: web-1"));
    }

    @Test
    void aVmThatWasDownWhenItWasReadLongAgoStillCostsBudget() {
        house.cloud.verdict(House.vm(2), Verdict.DOWN);
        house.after(SECOND);
        house.cloud.verdict(House.vm(2), Verdict.UP);
        announce(4);
        house.after(Duration.ofSeconds(5));
        announce(4);
        house.afterWithoutLooking(Duration.ofSeconds(8));
        report(House.web(0).sees(scheduled(REBOOT, 1), scheduled("0B", 2)));
        house.afterWithoutLooking(SECOND);
        assertThat(house.state(2)).isInstanceOf(State.Waiting.class);
        house.after(SECOND);
        assertThat(house.state(2))
                .isInstanceOfSatisfying(
                        State.Waiting.class,
                        waiting -> assertThat(waiting.why()).contains("out: web-1"));
    }

    @Test
    @DisplayName("edge case 32: silence puts nothing back and approves nothing")
    void silenceOfAllAgentsPutsNothingBackAndApprovesNothing() {
        drain();
        house.after(Duration.ofMinutes(2));
        house.after(Duration.ofMinutes(2));
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(house.ledger.standing(House.vm(1)).orders()).isEmpty();
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    void whatAnOperatorTookOutIsNeverPutBack() {
        house.cloud.meddle(House.vm(1), false);
        house.after(SECOND);
        report(House.web(0).sees(scheduled(REBOOT, 1)));
        house.after(SECOND);
        report(House.web(0).misses(REBOOT, 3));
        report(House.web(1));
        house.after(Duration.ofSeconds(4));
        house.after(Duration.ofSeconds(4));
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(house.cloud.writes()).isEmpty();
    }

    @Test
    void aWriteThatMeetsSomebodyElsesIsDecidedAnew() {
        quiesce();
        house.after(QUIET);
        announce(0);
        house.cloud.meddle(House.vm(0), true);
        house.after(SECOND);
        house.after(Duration.ofSeconds(4));
        house.after(Duration.ofSeconds(4));
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
    }

    @Test
    void aMemberThatPermanentlyCannotGoOutIsPutBackAndNothingIsApproved() {
        quiesce();
        house.after(QUIET);
        announce(0);
        house.cloud.failNext(
                new CloudException.Permanent(
                        "taking web-1 out: 403 LinkedAuthorizationFailed", null));
        house.after(SECOND);
        announce(0);
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        assertThat(house.state(1))
                .isInstanceOfSatisfying(
                        State.Waiting.class,
                        waiting -> assertThat(waiting.why()).contains("LinkedAuthorizationFailed"));
        assertThat(announce(0).passProbe()).isTrue();
        assertThat(announce(0).approve()).isEmpty();
    }

    @Test
    void observeModeDecidesAndRecordsAndTouchesNothing() {
        var watching = new House(3, false);
        watching.after(SECOND);
        watching.report(House.web(0).sees(scheduled(REBOOT, 1)));
        watching.report(House.web(1).sees(scheduled(REBOOT, 1)));
        watching.after(SECOND);
        watching.after(QUIET);
        assertThat(watching.told(1)).contains("StateDraining", "Observed");
        assertThat(watching.cloud.writes()).isEmpty();
        assertThat(watching.ledger.open().taken()).isEmpty();
        var wish = watching.report(House.web(1).sees(scheduled(REBOOT, 1)));
        assertThat(wish.passProbe()).isTrue();
        assertThat(wish.hook()).isEqualTo(Wish.Hook.NONE);
    }

    @Test
    void anEventOfAVmThatIsInNoPoolIsNeverApproved() {
        house.cloud.meddle(House.vm(1), false);
        house.after(SECOND);
        announce(0);
        house.after(SECOND);
        house.after(QUIET);
        announce(0);
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Waiting.class);
        assertThat(announce(0).approve()).isEmpty();
    }
}
