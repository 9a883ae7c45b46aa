package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The load balancer has not said for a while who is up. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SilentHealthTest {
    private static final String EVENT = Drill.scheduled("0A", "web-0");
    private static final int[] BOTH = {0, 1};

    private final Drill drill = new Drill(2);

    /** The load balancer said this of them, and is read; then one of them has an event. */
    private State said(Verdict verdict, int... vms) {
        drill.probed(verdict, vms);
        drill.pass(Duration.ofMinutes(1));
        drill.pass(Duration.ofSeconds(4), EVENT);
        return drill.house.state(0);
    }

    @Test
    void oneThatIsDownLeavesTheOtherToServe() {
        assertThat(said(Verdict.DOWN, 0)).isInstanceOf(State.Draining.class);
    }

    @Test
    void oneThatWasDownMayBeTheLastThatServes() {
        assertThat(said(Verdict.WAS_DOWN, BOTH).why()).contains("the last one always stays");
    }

    @Test
    void oneThatWasDownIsNotCountedOn() {
        assertThat(said(Verdict.WAS_DOWN, 1)).isInstanceOf(State.Waiting.class);
    }

    @Test
    void whatEbbHadQuiescedStaysDrainedByTheWordOfItsAgent() {
        drill.drain(new int[] {0}, EVENT);
        drill.probed(Verdict.WAS_DOWN, 0);
        drill.pass(Duration.ofMinutes(1), EVENT);
        assertThat(drill.house.state(0)).isInstanceOf(State.Drained.class);
    }
}
