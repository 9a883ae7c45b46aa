package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent that starts anew passes the probe that it was to fail, until it is told again. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RestartedAgentTest {
    private static final String EVENT =
            Drill.scheduled("602D9444-D2CD-49C7-8624-8643E7171297", "web-1");
    private static final int[] WEB_1 = {1};

    private final Drill drill = new Drill(3);

    private static Reports restarted() {
        return House.web(1).sees(EVENT).passesProbe(true);
    }

    @Test
    void aProbeThatIsDownDoesNotCountWhileItsAgentPassesIt() {
        drill.pass(Drill.SECOND, EVENT);
        drill.probed(Verdict.DOWN, WEB_1);
        drill.pass(Duration.ofMinutes(1), i -> i == 1 ? restarted() : House.web(i).sees(EVENT));
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(drill.house.told(1)).doesNotContain("TakingOut");
    }

    @Test
    void itIsGivenNoOrderToApproveBeforeItFailsTheProbe() {
        drill.drain(WEB_1, EVENT);
        assertThat(drill.house.report(restarted()).approve()).isEmpty();
        assertThat(drill.wish(1, EVENT).approve()).hasSize(1);
    }
}
