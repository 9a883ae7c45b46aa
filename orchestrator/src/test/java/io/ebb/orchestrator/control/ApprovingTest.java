package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import io.ebb.protocol.Wish;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told to approve, how often, and what an approval promises: nothing. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ApprovingTest {
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final String OTHER = "0B";
    private static final String FAR = "Mon, 23 Nov 2026 17:00:00 GMT";
    private static final int[] WEB_1 = {1};

    private final Drill drill = new Drill(3);

    /** The approval is ordered, and this comes of it. */
    private void approve(int vm, boolean ok, String... events) {
        var order = drill.wish(vm, events).approve().getFirst().id();
        drill.house.report(House.web(vm).sees(events).result(order, ok));
        drill.house.after(Drill.SECOND);
    }

    /** The VM is out of rotation, and only a connection keeps it from being drained. */
    private void outWithAConnection(String event) {
        drill.pass(Drill.SECOND, event);
        drill.probed(Verdict.DOWN, WEB_1);
        drill.pass(
                Duration.ofMinutes(1),
                i -> House.web(i).sees(event).connections(i == 1 && !drill.isIn(1) ? 1 : 0));
        assertThat(drill.isIn(1)).isFalse();
    }

    private int orders(String... events) {
        return drill.orders(events).size();
    }

    @Test
    @DisplayName("edge case 25: a user's restart is approved soon after the drain, by one agent")
    void aUsersRestartIsApprovedSoonByOneAgent() {
        var event = Drill.scheduled(ID, "web-1").replace("Platform", "User");
        drill.pass(Drill.SECOND, event);
        assertThat(orders(event)).isZero();
        drill.drain(WEB_1, event);
        assertThat(orders(event)).isEqualTo(1);
        assertThat(drill.house.now()).isBefore("2026-11-20T17:02:00Z");
    }

    @Test
    @DisplayName(
            "edge case 26: an approval that fails for an event that has vanished is no failure")
    void aFailedApprovalOfAVanishedEventIsNoFailure() {
        var event = Drill.scheduled(ID, "web-1");
        drill.drain(WEB_1, event);
        approve(1, false, event);
        drill.miss(ID, Duration.ofSeconds(20));
        assertThat(orders()).isZero();
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 27: an approved event that does not start keeps its VM out")
    void anApprovedEventThatDoesNotStartKeepsItsVmOut() {
        var event = Drill.scheduled(ID, "web-1");
        drill.drain(WEB_1, event);
        approve(1, true, event);
        drill.pass(Duration.ofMinutes(12), event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(orders(event)).isZero();
    }

    @Test
    @DisplayName("edge case 24: an event days ahead is not approved because its VM is out already")
    void anEventDaysAheadIsNotApprovedByTheWay() {
        var near = Drill.scheduled(ID, "web-1");
        var far = Reports.event(OTHER, "Scheduled", FAR, "web-1");
        drill.drain(WEB_1, near, far);
        assertThat(drill.wish(1, near, far).approve())
                .extracting(Wish.Approve::eventId)
                .containsExactly(ID);
    }

    @Test
    @DisplayName("edge case 27: an approved event that is put off for days still keeps its VM out")
    void anApprovedEventThatIsPutOffKeepsItsVmOut() {
        var event = Drill.scheduled(ID, "web-1");
        drill.drain(WEB_1, event);
        approve(1, true, event);
        drill.pass(Duration.ofMinutes(1), Reports.event(ID, "Scheduled", FAR, "web-1"));
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.isIn(1)).isFalse();
    }

    @Test
    @DisplayName("edge case 28: an approved Terminate that waits for another keeps nobody waiting")
    void coupledTerminatesAreEachDrainedAndApproved() {
        var first = Drill.scheduled(ID, "web-1").replace("Reboot", "Terminate");
        var second = Drill.scheduled(OTHER, "web-2").replace("Reboot", "Terminate");
        drill.drain(WEB_1, first);
        approve(1, true, first);
        drill.pass(Duration.ofMinutes(3), first, second);
        assertThat(drill.house.state(2)).isInstanceOf(State.Waiting.class);
        assertThat(drill.isIn(1)).isFalse();
        drill.pass(Duration.ofMinutes(8), first, second);
        drill.probed(Verdict.DOWN, 2);
        drill.pass(Duration.ofMinutes(1), first, second);
        assertThat(drill.house.state(2)).isInstanceOf(State.Drained.class);
        assertThat(orders(first, second)).isEqualTo(1);
        assertThat(drill.house.now()).isBefore("2026-11-20T17:15:00Z");
    }

    @Test
    void anApprovalRestsOnAReadingFromAfterTheDrainHoweverSlowTheCloudIs() {
        var event = Drill.scheduled(ID, "web-1");
        outWithAConnection(event);
        drill.see(event);
        drill.house.afterWithoutLooking(Drill.SECOND);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(orders(event)).isZero();

        drill.house.look(Duration.ZERO);
        drill.house.afterWithoutLooking(Duration.ofSeconds(4));
        assertThat(orders(event)).isEqualTo(1);
    }

    @Test
    void anApprovalComesAlsoWhereReadingsTakeLongerThanTheyStayYoung() {
        var event = Drill.scheduled(ID, "web-1");
        outWithAConnection(event);
        var ordered = 0;
        for (int second = 1; second <= 40 && ordered == 0; second++) {
            drill.see(event);
            if (second % 5 == 0) {
                drill.house.look(Duration.ofSeconds(-4));
            }
            drill.house.afterWithoutLooking(Drill.SECOND);
            ordered = orders(event);
        }
        assertThat(ordered).isEqualTo(1);
    }

    @Test
    void anOrderThatFailedIsReplacedAfterAPauseByOneToAnotherAgent() {
        var event = Drill.scheduled(ID, "web-1");
        drill.drain(WEB_1, event);
        approve(1, false, event);
        drill.pass(Drill.SECOND, event);
        assertThat(drill.wish(0, event).approve()).isEmpty();
        drill.pass(Duration.ofSeconds(3), event);
        assertThat(drill.wish(0, event).approve()).hasSize(1);
    }

    @Test
    void anOrderOfWhichNothingIsHeardIsReplacedByOneToAnotherAgent() {
        var event = Drill.scheduled(ID, "web-1");
        drill.drain(WEB_1, event);
        assertThat(drill.wish(1, event).approve()).hasSize(1);
        drill.pass(Duration.ofSeconds(16), event);
        assertThat(drill.wish(1, event).approve()).isEmpty();
        assertThat(drill.wish(0, event).approve()).hasSize(1);
    }
}
