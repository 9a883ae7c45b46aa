package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.policy.Mode;
import io.ebb.orchestrator.policy.Modes;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ebb acts in other pools than in this one. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ObservedPoolTest {
    private static final String EVENT = Drill.scheduled("0A", "web-0");

    private static Drill drill(Mode usual, Mode web) {
        var all = Rules.of(true, _ -> Terms.DEFAULT, PoolRule.DEFAULT);
        return new Drill(
                2,
                new Rules(
                        new Modes(usual, Map.of("web", web)),
                        all.policy(),
                        all.healthyChecks(),
                        all.returnWithin(),
                        List.of(),
                        List.of(),
                        all.pool(),
                        Map.of()));
    }

    @Test
    void aVmInAPoolThatIsOnlyObservedIsNotTakenOutAndSaysWhy() {
        var drill = drill(Mode.ENFORCE, Mode.OBSERVE);
        drill.drain(new int[] {0}, EVENT);
        assertThat(drill.house.state(0))
                .isEqualTo(new State.Waiting("pool web is only observed, and not left"));
        assertThat(drill.isIn(0)).isTrue();
        assertThat(drill.house.ledger.open().taken()).isEmpty();
        assertThat(drill.wish(1, EVENT).approve()).isEmpty();
    }

    @Test
    void aPoolMayBeTheOnlyOneInWhichEbbActs() {
        var drill = drill(Mode.OBSERVE, Mode.ENFORCE);
        drill.drain(new int[] {0}, EVENT);
        assertThat(drill.house.state(0)).isInstanceOf(State.Drained.class);
        drill.pass(Duration.ofSeconds(4), EVENT);
        assertThat(drill.wish(0, EVENT).approve()).hasSize(1);
    }
}
