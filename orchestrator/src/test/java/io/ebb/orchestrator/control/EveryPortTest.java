package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** VMs in a pool of which a rule balances every port. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EveryPortTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String EVENT = Drill.scheduled("A1", "web-1");

    private final Drill drill = new Drill(3);
    private final House house = drill.house;

    @BeforeEach
    void everyPortIsBalanced() {
        house.cloud.balances(Inventory.EVERY_PORT);
        house.inventory();
    }

    private void pass(Duration time, int open) {
        drill.pass(
                time,
                i ->
                        House.web(i)
                                .sees(EVENT)
                                .counts(Inventory.EVERY_PORT)
                                .connections(i == 1 ? open : 0));
    }

    @Test
    void itsAgentIsAskedToWatchEveryPort() {
        assertThat(drill.wish(1).watch()).containsExactly(Inventory.EVERY_PORT);
    }

    @Test
    void itDrainsAsFromAnyOtherPool() {
        pass(SECOND, 3);
        drill.probed(Verdict.DOWN, 1);
        pass(MINUTE, 3);
        assertThat(house.state(1).why()).isEqualTo("leaving its pools, 3 connections");
        assertThat(drill.orders(EVENT)).isEmpty();

        pass(MINUTE, 0);
        assertThat(house.state(1)).isEqualTo(new State.Drained());
        assertThat(drill.isIn(1)).isFalse();
        assertThat(drill.orders(EVENT)).hasSize(1);
    }

    @Test
    void anAgentThatSaysNothingOfEveryPortSaysNothingOfQuiet() {
        drill.pass(SECOND, EVENT);
        drill.probed(Verdict.DOWN, 1);
        drill.pass(MINUTE, EVENT);

        assertThat(house.state(1).why())
                .endsWith(
                        "a rule balances every port, and its agent has not seen it listen on any"
                                + " yet");
        assertThat(drill.orders(EVENT)).isEmpty();
    }
}
