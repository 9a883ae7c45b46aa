package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member that is back in its pool, of which the load balancer has nothing to say yet. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SettlingTest {
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final String NEXT = Drill.scheduled("0C", "web-1");
    private static final int[] WEB_1 = {1};

    private final Drill drill = new Drill(3);

    @BeforeEach
    void itsEventIsOverAndItsPutBackTakesLong() {
        drill.drain(WEB_1, Drill.scheduled(ID, "web-1"));
        drill.house.beSlow();
        drill.probed(Verdict.NONE, WEB_1);
        drill.miss(ID, Duration.ofSeconds(50));
        assertThat(drill.house.told(1)).contains("PuttingBack");
        assertThat(drill.isIn(1)).isFalse();
        drill.house.answer();
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    void itSettlesFromWhenItCameBackOnAndNotFromWhenThatWasDecided() {
        drill.miss(ID, Duration.ofSeconds(12));
        assertThat(drill.house.told(1)).doesNotContain("Settled");
        drill.miss(ID, Duration.ofSeconds(20));
        assertThat(drill.house.told(1)).contains("Settled");
    }

    @Test
    void itIsNotTakenAgainWhileNobodyElseServes() {
        drill.probed(Verdict.DOWN, 0, 2);
        drill.pass(Duration.ofSeconds(4), NEXT);
        assertThat(drill.house.state(1)).isInstanceOf(State.Waiting.class);
        assertThat(drill.wish(1, NEXT).passProbe()).isTrue();
    }

    @Test
    void itIsTakenAgainWhenTheOthersServe() {
        drill.pass(Duration.ofSeconds(4), NEXT);
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
        assertThat(drill.wish(1, NEXT).passProbe()).isFalse();
    }
}
