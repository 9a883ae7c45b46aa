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
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final String EVENT = Drill.scheduled(ID, "web-1");
    private static final String NEXT = Drill.scheduled("0C", "web-2");
    private static final int[] WEB_1 = {1};

    private final Drill drill = new Drill(3);

    private static Reports restarted() {
        return House.web(1).sees(EVENT).passesProbe(true);
    }

    /** The event is over, and another VM has one. */
    private static Reports over(int vm) {
        return House.web(vm).misses(ID, 3).sees(NEXT);
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
    void nobodyElseIsLetGoOnTheWordOfOneThatPassesAProbeThatIsDown() {
        drill.pass(Drill.SECOND, EVENT);
        drill.probed(Verdict.DOWN, WEB_1);
        drill.pass(Duration.ofSeconds(8), i -> House.web(i).sees(EVENT).connections(1));
        drill.pass(Duration.ofSeconds(8), i -> i == 1 ? over(1).passesProbe(true) : over(i));
        assertThat(drill.house.state(2)).isInstanceOf(State.Waiting.class);
        assertThat(drill.house.told(1)).doesNotContain("Settled");
        assertThat(drill.wish(2, NEXT).passProbe()).isTrue();
    }

    @Test
    void nobodyElseIsLetGoWhileOneStillFailsAProbeThatWasNotNoticedYet() {
        drill.pass(Drill.SECOND, EVENT);
        drill.pass(Duration.ofSeconds(8), i -> over(i).passesProbe(i != 1));
        assertThat(drill.house.state(2)).isInstanceOf(State.Waiting.class);
        assertThat(drill.house.told(1)).doesNotContain("Settled");
        drill.pass(Drill.SECOND, RestartedAgentTest::over);
        assertThat(drill.house.told(1)).contains("Settled");
        assertThat(drill.house.state(2)).isInstanceOf(State.Draining.class);
    }

    @Test
    void nobodyIsLetGoWhileAnotherFailsItsProbeByItself() {
        drill.pass(Duration.ofSeconds(8), i -> House.web(i).sees(NEXT).passesProbe(i != 1));
        assertThat(drill.house.state(2).why()).contains("1 may be out at once; out: web-1");
    }

    @Test
    void itIsGivenNoOrderToApproveBeforeItFailsTheProbe() {
        drill.drain(WEB_1, EVENT);
        assertThat(drill.house.report(restarted()).approve()).isEmpty();
        assertThat(drill.wish(1, EVENT).approve()).hasSize(1);
    }
}
