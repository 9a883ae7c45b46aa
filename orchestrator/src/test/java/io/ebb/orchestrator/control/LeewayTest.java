package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.TermsOf;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left to an agent where there is no time to ask. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LeewayTest {
    private static final List<String> ALL =
            List.of("Freeze", "Reboot", "Redeploy", "Preempt", "Terminate");

    private final Drill drill = new Drill(2);

    private static List<String> left(Drill drill, int vm) {
        drill.pass(Duration.ofMinutes(1));
        return drill.wish(vm).alone();
    }

    @Test
    void whereAnotherOneServesAVmMayLeaveByItselfBeforeWhatTheDeadlineWouldTakeItOutFor() {
        assertThat(left(drill, 0)).isEqualTo(ALL);
    }

    @Test
    void nothingIsLeftToTheLastOne() {
        drill.probed(Verdict.DOWN, 1);
        assertThat(left(drill, 0)).isEmpty();
        assertThat(left(drill, 1)).isEqualTo(ALL);
    }

    @Test
    void whatIsLeftFollowsEachLookAndEachVersionOfThePolicy() {
        assertThat(left(drill, 0)).isEqualTo(ALL);
        drill.probed(Verdict.DOWN, 1);
        assertThat(left(drill, 0)).isEmpty();
        drill.probed(Verdict.UP, 1);
        assertThat(left(drill, 0)).isEqualTo(ALL);

        var freezes = "{\"rules\":{\"x\":{\"types\":\"freeze\",\"action\":\"ignore\"}}}";
        drill.house.ledger.revise(0, freezes, "ann", "they are short");
        assertThat(left(drill, 0)).isEqualTo(List.of("Reboot", "Redeploy", "Preempt", "Terminate"));
    }

    @Test
    void nothingIsLeftToOneThatAnOperatorWantsIn() {
        drill.house.ask(Kind.EXEMPT, new Target.OfVm(House.vm(0)));
        assertThat(left(drill, 0)).isEmpty();
    }

    @Test
    void anEventThatKeepsTheMinimumAtItsDeadlineOrIsIgnoredIsNotLeftToAnyAgent() {
        var keeps = TermsOf.defaults().belowMinimum(Terms.BelowMinimum.KEEP_IN).build();
        assertThat(left(new Drill(2, Rules.of(true, _ -> keeps, PoolRule.DEFAULT)), 0)).isEmpty();
        var ignores = TermsOf.defaults().action(Terms.Action.IGNORE).build();
        assertThat(left(new Drill(2, Rules.of(true, _ -> ignores, PoolRule.DEFAULT)), 0)).isEmpty();
    }

    @Test
    void whereEbbOnlyObservesNothingIsLeftToAnyAgent() {
        var observes = new Drill(2, Rules.of(false, _ -> Terms.DEFAULT, PoolRule.DEFAULT));
        assertThat(left(observes, 0)).isEmpty();
    }
}
