package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Assumption;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.Terms.WithoutAgent;
import io.ebb.orchestrator.drain.TermsOf;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent of web-1 falls silent once its VM is out; those of the others go on. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WithoutAgentTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String EVENT = Drill.scheduled("A1", "web-1");
    private static final Duration WAIT = Duration.ofMinutes(2);

    private static Drill drill(boolean approve, WithoutAgent back) {
        Terms terms = TermsOf.defaults().withoutAgent(WAIT, approve, back).build();
        return new Drill(3, Rules.of(true, _ -> terms, PoolRule.DEFAULT));
    }

    private static void othersPass(Drill drill, Duration time, String... events) {
        for (var left = time; left.isPositive(); left = left.minusSeconds(4)) {
            drill.house.report(House.web(0).sees(events));
            drill.house.report(House.web(2).sees(events));
            drill.house.after(Duration.ofSeconds(4));
        }
    }

    /** Its agent has it leave, and says nothing more before it could be called drained. */
    private static Drill silenced(boolean approve, WithoutAgent back) {
        var drill = drill(approve, back);
        drill.pass(Duration.ofSeconds(4), i -> House.web(i).sees(EVENT).connections(i));
        drill.probed(io.ebb.orchestrator.pool.LoadBalancer.Verdict.DOWN, 1);
        return drill;
    }

    @Test
    void aVmWithoutAnAgentIsNotTakenForDrainedBeforeItWasOutForLong() {
        var drill = silenced(true, WithoutAgent.OPERATOR);
        othersPass(drill, WAIT.minusSeconds(20), EVENT);
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(drill.wish(0, EVENT).approve()).isEmpty();
    }

    @Test
    void afterThatItIsTakenForDrainedAndNotApprovedByDefault() {
        var drill = silenced(false, WithoutAgent.OPERATOR);
        othersPass(drill, WAIT.multipliedBy(3), EVENT);
        assertThat(drill.house.state(1))
                .isEqualTo(new State.Drained(Optional.of(Assumption.NO_AGENT)));
        assertThat(drill.isIn(1)).isFalse();
        assertThat(drill.wish(0, EVENT).approve()).isEmpty();
    }

    @Test
    void itIsApprovedIfThePolicyLetsThatDoAndTheRecordSaysSo() {
        var drill = silenced(true, WithoutAgent.OPERATOR);
        othersPass(drill, WAIT.multipliedBy(3), EVENT);
        drill.wish(0, EVENT);
        assertThat(drill.house.ledger.open().events().getFirst().approved()).contains("ASSUMED");
    }

    @Test
    void itComesBackByAnOperatorOnly() {
        var drill = silenced(false, WithoutAgent.OPERATOR);
        othersPass(drill, WAIT.multipliedBy(3), EVENT);
        gone(drill);
        assertThat(drill.house.state(1)).isInstanceOf(State.Returning.class);
        assertThat(drill.isIn(1)).isFalse();
    }

    @Test
    void itComesBackWhenAzureCallsItRunningWhereThatIsEnough() {
        var drill = silenced(false, WithoutAgent.PROBE);
        othersPass(drill, WAIT.multipliedBy(3), EVENT);
        drill.house.cloud.running(House.vm(1), false);
        drill.house.inventory();
        gone(drill);
        assertThat(drill.isIn(1)).isFalse();

        drill.house.cloud.running(House.vm(1), true);
        drill.house.inventory();
        gone(drill);
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    void oneThatWasNeverHeardIsNotPutBackBeforeItWasAwayForLong() {
        var drill = drill(false, WithoutAgent.PROBE);
        drill.house.cloud.running(House.vm(1), true);
        drill.house.inventory();
        var asked = drill.house.ask(Kind.DRAIN, new Target.OfVm(House.vm(1)));
        othersPass(drill, Duration.ofSeconds(20));
        drill.house.ledger.withdraw(asked.id(), "ann");
        othersPass(drill, WAIT.minusSeconds(30));
        assertThat(drill.isIn(1)).isFalse();
        othersPass(drill, Duration.ofMinutes(1));
        assertThat(drill.isIn(1)).isTrue();
    }

    private static void gone(Drill drill) {
        for (var left = WAIT.multipliedBy(2); left.isPositive(); left = left.minusSeconds(4)) {
            drill.house.report(House.web(0).misses("A1", 3));
            drill.house.report(House.web(2).misses("A1", 3));
            drill.house.after(Duration.ofSeconds(4));
        }
        drill.house.after(SECOND);
    }
}
