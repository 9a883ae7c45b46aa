package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.FakeCloud;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the policy says is what is done. Each test writes its policy as an operator would. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PolicyInForceTest {
    private static final int[] WEB_1 = {1};
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Target A1 = new Target.OfEvent(new EventId(FakeCloud.SET, "A1"));
    private static final String REBOOT = Drill.scheduled("A1", "web-1");

    private static Rules rules(String json) {
        var enforcing = Rules.of(true, _ -> Terms.DEFAULT, PoolRule.DEFAULT);
        return new CurrentRules(enforcing).read(json);
    }

    private static Drill drill(String json) {
        return new Drill(3, rules(json));
    }

    private static String freeze(int seconds) {
        return REBOOT.replace("Reboot", "Freeze")
                .replace("\"DurationInSeconds\":-1", "\"DurationInSeconds\":" + seconds);
    }

    @Test
    @DisplayName("edge case 20: a policy lets freezes pass that are known to be short")
    void aFreezeThatIsKnownToBeShortMayBeIgnored() {
        var drill = drill("{\"policy\":{\"ignore-freezes-up-to\":\"10s\"}}");
        drill.pass(MINUTE, freeze(9));
        assertThat(drill.house.state(1)).isInstanceOf(State.Untouched.class);
        assertThat(drill.orders(freeze(9))).isEmpty();
        drill.pass(SECOND, freeze(-1));
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    void whatIsToBeApprovedAtOnceIsNotWaitedFor() {
        var drill = drill("{\"rules\":{\"x\":{\"types\":\"reboot\",\"approve\":\"at-once\"}}}");
        drill.pass(SECOND, i -> House.web(i).sees(REBOOT).connections(4));
        assertThat(drill.orders(REBOOT)).hasSize(1);
        assertThat(drill.house.ledger.open().events().getFirst().approved()).contains("AT_ONCE");
    }

    @Test
    void whatAnOperatorIsToApproveWaitsForOne() {
        var drill = drill("{\"rules\":{\"x\":{\"approve\":\"by-operator\"}}}");
        drill.drain(WEB_1, REBOOT);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.orders(REBOOT)).isEmpty();
        drill.house.ask(Kind.APPROVE, A1);
        drill.pass(SECOND, REBOOT);
        assertThat(drill.orders(REBOOT)).hasSize(1);
    }

    @Test
    void whatIsNeverToBeApprovedIsNotApprovedByAnOperatorEither() {
        var drill = drill("{\"policy\":{\"approve\":\"never\"}}");
        drill.drain(WEB_1, REBOOT);
        drill.house.ask(Kind.APPROVE, A1);
        drill.pass(MINUTE, REBOOT);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.orders(REBOOT)).isEmpty();
    }

    @Test
    void whatIsNoCauseOfItselfIsNotApprovedAnyMoreWhenAnOperatorTakesTheApprovalBack() {
        var ignored = drill("{\"policy\":{\"action\":\"ignore\"}}");
        approveAndTakeBack(ignored, REBOOT);
        assertThat(ignored.wish(1, REBOOT).approve()).isEmpty();

        var far = Reports.event("A1", "Scheduled", "Mon, 23 Nov 2026 17:00:00 GMT", "web-1");
        var early = drill("{}");
        approveAndTakeBack(early, far);
        assertThat(early.wish(1, far).approve()).isEmpty();
    }

    /** It may have been carried out all the same, so its VM leaves. */
    private static void approveAndTakeBack(Drill drill, String event) {
        drill.pass(SECOND, event);
        var asked = drill.house.ask(Kind.APPROVE, A1);
        drill.pass(SECOND, event);
        drill.house.ledger.withdraw(asked.id(), "ann");
        drill.drain(WEB_1, event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
    }

    @Test
    @DisplayName("edge case 24: failing hardware may be drained and approved days early")
    void failingHardwareMayBeDrainedAndApprovedEarly() {
        var far = Reports.event("A1", "Scheduled", "Mon, 23 Nov 2026 17:00:00 GMT", "web-1");
        var drill = drill("{\"policy\":{\"start\":\"at-once\"}}");
        drill.drain(WEB_1, far);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.orders(far)).hasSize(1);
    }

    @Test
    void aPreemptLeavesAtOnceAndIsNotApproved() {
        var drill = drill("{}");
        var preempt =
                Reports.event("A1", "Scheduled", "Fri, 20 Nov 2026 17:00:40 GMT", "web-1")
                        .replace("Reboot", "Preempt");
        drill.drain(WEB_1, preempt);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.orders(preempt)).isEmpty();
    }

    @Test
    void aTerminateIsApprovedWhenDrainedAndItsDrainEndsWhenTheVmHasVanished() {
        var drill = drill("{}");
        var terminate = REBOOT.replace("Reboot", "Terminate");
        drill.drain(WEB_1, terminate);
        assertThat(drill.orders(terminate)).hasSize(1);
        drill.house.cloud.delete(House.vm(1));
        drill.house.inventory();
        for (var i = 0; i < 20; i++) {
            drill.house.report(House.web(0).misses("A1", 3));
            drill.house.report(House.web(2).misses("A1", 3));
            drill.house.after(Duration.ofSeconds(4));
        }
        assertThat(drill.house.drain(1).outcome().orElseThrow()).startsWith("vanished");
        assertThat(drill.house.ledger.open().taken()).isEmpty();
    }

    @Test
    void aTerminateThatIsCancelledPutsItsVmBack() {
        var drill = drill("{}");
        drill.drain(WEB_1, REBOOT.replace("Reboot", "Terminate"));
        drill.miss("A1", MINUTE);
        drill.probed(Verdict.UP, 1);
        drill.miss("A1", MINUTE);
        assertThat(drill.house.drain(1).outcome()).contains("back in rotation");
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    void aPolicyThatIsRevisedHoldsFromTheNextTurnOnAndTheDrainSaysWhichItWas() {
        var drill = drill("{}");
        drill.drain(WEB_1, REBOOT);
        assertThat(drill.house.drain(1).policy()).isZero();
        drill.house.ledger.revise(0, "{\"policy\":{\"approve\":\"never\"}}", "ann", "not today");
        drill.pass(SECOND, REBOOT);
        assertThat(drill.house.drain(1).policy()).isEqualTo(1);
        assertThat(drill.orders(REBOOT)).isEmpty();
    }

    @Test
    void aPolicyThatNobodyUnderstandsLeavesTheOneBeforeInForce() {
        var drill = drill("{\"policy\":{\"approve\":\"never\"}}");
        drill.house.ledger.revise(0, "{\"policy\":{\"approve\":\"telepathy\"}}", "ann", "later");
        drill.drain(WEB_1, REBOOT);
        assertThat(drill.orders(REBOOT)).isEmpty();
    }

    @Test
    void agentsAreToldWhoseConnectionsDoNotCountAndHowManyMayRemain() {
        var drill =
                drill(
                        "{\"policy\":{\"ignore-sources\":\"10.0.9.0/24\"},"
                                + "\"rules\":{\"x\":{\"types\":\"freeze\",\"remaining\":2}}}");
        var wish = drill.wish(1);
        assertThat(wish.ignoreSources()).containsExactly("10.0.9.0/24");
        assertThat(wish.remaining()).containsExactly(2);
    }

    @Test
    void aVmWithAFewConnectionsIsDrainedWhereThoseMayRemain() {
        var drill = drill("{\"rules\":{\"x\":{\"types\":\"freeze\",\"remaining\":2}}}");
        drill.pass(SECOND, freeze(-1));
        drill.probed(Verdict.DOWN, 1);
        drill.pass(MINUTE, i -> House.web(i).sees(freeze(-1)).calm(2, 2));
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
    }

    @Test
    void aStreakOfMoreConnectionsThanMayRemainProvesNothing() {
        var drill = drill("{\"rules\":{\"x\":{\"types\":\"freeze\",\"remaining\":2}}}");
        drill.pass(SECOND, REBOOT);
        drill.probed(Verdict.DOWN, 1);
        drill.pass(MINUTE, i -> House.web(i).sees(REBOOT).calm(2, 2));
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    void ofTwoVmsWhoseEventsComeTogetherOneLeavesAndTheOtherFollows() {
        var drill = new Drill(2, rules("{}"));
        var events = new String[] {Drill.scheduled("A1", "web-0"), Drill.scheduled("B2", "web-1")};
        drill.see(events[0]);
        drill.house.after(Duration.ofMillis(100));
        drill.drain(new int[] {0}, events);
        assertThat(drill.house.state(0)).isInstanceOf(State.Drained.class);
        assertThat(drill.house.state(1).why())
                .isEqualTo("web has 1 of 2 in rotation; the last one always stays");
        drill.pass(MINUTE, i -> House.web(i).sees(events[1]).misses("A1", 3));
        drill.probed(Verdict.UP, 0);
        drill.pass(SECOND, i -> House.web(i).sees(events[1]).misses("A1", 3));
        drill.probed(Verdict.DOWN, 1);
        drill.pass(MINUTE, i -> House.web(i).sees(events[1]).misses("A1", 3));
        assertThat(drill.isIn(0)).isTrue();
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
    }
}
