package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.protocol.Wish;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends an event and lets its VM return, and what does not. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EndingTest {
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final String OTHER = "0B";
    private static final String SCHEDULED = Drill.scheduled(ID, "web-1");
    private static final String STARTED = Drill.started(ID, "web-1");
    private static final Duration WHILE = Duration.ofSeconds(30);

    private final Drill drill = new Drill(3);

    @BeforeEach
    void theVmIsDrained() {
        drill.drain(new int[] {1}, SCHEDULED);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
    }

    /** The others miss the event; web-1 reports so. */
    private void miss(Reports web1) {
        drill.pass(WHILE, i -> (i == 1 ? web1 : House.web(i).misses(ID, 3)));
    }

    @Test
    @DisplayName("edge case 18: vanished without a start: back only when healthy")
    void vanishedWithoutAStartItGoesBackWhenHealthy() {
        miss(House.web(1).misses(ID, 3).healthy(false));
        assertThat(drill.house.state(1)).isInstanceOf(State.Returning.class);
        assertThat(drill.isIn(1)).isFalse();
        miss(House.web(1).misses(ID, 3));
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 19: Started is not done, however long it lasts")
    void startedIsNotDone() {
        var nine = STARTED.replace("\"DurationInSeconds\":-1", "\"DurationInSeconds\":9");
        drill.pass(Duration.ofMinutes(10), nine);
        assertThat(drill.isIn(1)).isFalse();
        drill.miss(ID, WHILE);
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 21: a Freeze ends without a new boot")
    void aFreezeEndsWithoutANewBoot() {
        drill.pass(WHILE, STARTED.replace("Reboot", "Freeze"));
        miss(House.web(1).misses(ID, 3).boot("boot-1"));
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 22: a new boot is no end, and its absence no hindrance")
    void aBootIsNoSignal() {
        drill.pass(WHILE, i -> (i == 1 ? House.web(1).boot("boot-2") : House.web(i)).sees(STARTED));
        assertThat(drill.isIn(1)).isFalse();
        miss(House.web(1).boot("boot-2").misses(ID, 3));
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 29: a VM of two events returns after the last")
    void aVmOfTwoEventsReturnsAfterTheLast() {
        var freeze = Drill.scheduled(OTHER, "web-1").replace("Reboot", "Freeze");
        drill.pass(WHILE, SCHEDULED, freeze);
        drill.pass(WHILE, i -> House.web(i).sees(freeze).misses(ID, 3));
        assertThat(drill.isIn(1)).isFalse();
        drill.pass(WHILE, i -> House.web(i).misses(ID, 9).misses(OTHER, 3));
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 31: after a restart amid the event the VM still returns")
    void afterARestartAmidTheEventTheVmReturns() {
        drill.pass(WHILE, STARTED);
        drill.house.restart();
        drill.pass(WHILE, STARTED);
        assertThat(drill.isIn(1)).isFalse();
        drill.house.restart();
        drill.miss(ID, WHILE);
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 32: a frozen VM that is silent is out, not lost, and returns")
    void aFrozenVmIsNotLost() {
        for (var i = 0; i < 10; i++) {
            drill.house.report(House.web(0).sees(STARTED));
            drill.house.report(House.web(2).sees(STARTED));
            drill.house.after(Duration.ofSeconds(5));
        }
        assertThat(drill.isIn(1)).isFalse();
        assertThat(drill.house.ledger.open().taken()).hasSize(1);
        drill.miss(ID, WHILE);
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName("edge case 39: a deallocated VM, whose event was cleared, is not put back")
    void aDeallocatedVmIsNotPutBack() {
        for (var i = 0; i < 60; i++) {
            drill.house.report(House.web(0).misses(ID, 3 + i));
            drill.house.report(House.web(2).misses(ID, 3 + i));
            drill.house.after(Duration.ofSeconds(5));
        }
        assertThat(drill.house.state(1)).isInstanceOf(State.Returning.class);
        assertThat(drill.isIn(1)).isFalse();
    }

    @Test
    @DisplayName("edge case 40: a reboot by hand does not end the event that is pending")
    void aRebootByHandDoesNotEndTheEvent() {
        drill.pass(
                Duration.ofSeconds(4),
                i -> (i == 1 ? House.web(1).boot("boot-2") : House.web(i)).sees(SCHEDULED));
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        var wish = drill.house.report(House.web(1).boot("boot-2").sees(SCHEDULED));
        assertThat(wish.passProbe()).isFalse();
        assertThat(wish.hook()).isEqualTo(Wish.Hook.DRAIN);
        assertThat(wish.approve()).hasSize(1);
    }
}
