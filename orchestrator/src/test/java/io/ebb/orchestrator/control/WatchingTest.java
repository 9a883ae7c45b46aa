package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica that does not plan. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WatchingTest {
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";

    private final Drill drill = new Drill(3);

    /** A new process on the same ledger, that watches for a while. */
    private void standBy(String event) {
        drill.house.restart();
        for (int second = 0; second < 15; second++) {
            drill.see(event);
            drill.house.watch(Drill.SECOND);
        }
    }

    @Test
    void itShowsTheStateThatThePlannerSees() {
        var event = Drill.scheduled(ID, "web-1");
        drill.drain(new int[] {1}, event);
        standBy(event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.house.state(0)).isInstanceOf(State.Untouched.class);
    }

    @Test
    void itWritesNothingDownAndSendsNothing() {
        drill.probed(Verdict.UP, 0, 1, 2);
        var told = drill.house.ledger.timelineAfter(0, 1000);
        standBy(Drill.scheduled(ID, "web-1"));
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(drill.house.ledger.timelineAfter(0, 1000)).isEqualTo(told);
        assertThat(drill.house.ledger.open().taken()).isEmpty();
        assertThat(drill.house.pause()).isEmpty();
    }
}
