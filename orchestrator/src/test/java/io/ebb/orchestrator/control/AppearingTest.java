package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member that somebody else puts into its pool, of which the load balancer says nothing yet. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AppearingTest {
    private static final String EVENT =
            Drill.scheduled("602D9444-D2CD-49C7-8624-8643E7171297", "web-0");

    private final Drill drill = new Drill(2);

    @BeforeEach
    void theOnlyOtherMemberWasTakenOutByAPerson() {
        drill.house.cloud.meddle(House.vm(1), false);
        drill.pass(Duration.ofMinutes(1));
        drill.pass(Duration.ofSeconds(4), EVENT);
        assertThat(drill.house.state(0)).isInstanceOf(State.Waiting.class);
        drill.probed(Verdict.NONE, 1);
        drill.house.cloud.meddle(House.vm(1), true);
    }

    @Test
    void nobodyIsLetGoBecauseOfIt() {
        drill.pass(Readings.IDLE, EVENT);
        assertThat(drill.house.state(0).why()).startsWith("web has 1 of 2 in rotation");
    }

    @Test
    void itCountsOnceTheLoadBalancerCallsItUp() {
        drill.probed(Verdict.UP, 1);
        drill.pass(Readings.IDLE, EVENT);
        assertThat(drill.house.state(0)).isInstanceOf(State.Draining.class);
    }

    @Test
    void itCountsAfterAWhileWhereTheLoadBalancerSaysNothing() {
        drill.pass(Readings.IDLE.plus(Standings.SETTLING).plusSeconds(8), EVENT);
        assertThat(drill.house.state(0)).isInstanceOf(State.Draining.class);
    }

    @Test
    void oneThatWasThereFromTheStartCountsAtOnce() {
        drill.house.restart();
        drill.pass(Duration.ofSeconds(4), EVENT);
        assertThat(drill.house.state(0)).isInstanceOf(State.Draining.class);
    }
}
