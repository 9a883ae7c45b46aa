package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A planner is paused with its request in its hand, and wakes up when another has taken over. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PausedPlannerTest {
    private static final String REBOOT = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final House house = new House(3, true);

    private void announce() {
        var event = Reports.event(REBOOT, "Scheduled", "Fri, 20 Nov 2026 17:15:00 GMT", "web-1");
        for (int vm = 0; vm < 3; vm++) {
            house.report(House.web(vm).sees(event).connections(0));
        }
    }

    /** Nobody sees the event any more. */
    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (int vm = 0; vm < 3; vm++) {
                house.report(House.web(vm).misses(REBOOT, 3));
            }
            house.after(SECOND);
            house.answer();
        }
    }

    /** The requests that the paused one is about to send. */
    private List<Runnable> pausedWhileTakingOut() {
        house.after(SECOND);
        announce();
        house.after(SECOND);
        house.cloud.verdict(House.vm(1), Verdict.DOWN);
        house.beSlow();
        for (int second = 0; second < 20 && !house.told(1).contains("TakingOut"); second++) {
            announce();
            house.after(SECOND);
        }
        var late = house.pause();
        assertThat(late).hasSize(1);
        return late;
    }

    @Test
    void aRequestThatGoesOutWhenItsIntentIsClosedIsUndone() {
        var late = pausedWhileTakingOut();
        house.restart();
        house.cloud.verdict(House.vm(1), Verdict.UP);
        pass(40);
        assertThat(house.told(1)).contains("Settled");
        assertThat(house.ledger.open().taken()).isEmpty();
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();

        late.forEach(Runnable::run);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        pass(40);
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
        assertThat(house.told(1)).contains("LandedLate", "PutBack");
        assertThat(house.ledger.open().taken()).isEmpty();
    }

    @Test
    void aReadingFromBeforeTheEndOfItsTimeDoesNotProveThatItNeverArrives() {
        pausedWhileTakingOut();
        house.restart();
        house.cloud.verdict(House.vm(1), Verdict.UP);
        for (int vm = 0; vm < 3; vm++) {
            house.report(House.web(vm).misses(REBOOT, 3).passesProbe(true));
        }
        house.after(House.TERM.dividedBy(2));
        house.afterWithoutLooking(House.TERM.dividedBy(2).plus(SECOND.dividedBy(2)));
        assertThat(house.told(1)).doesNotContain("Settled");
        house.after(SECOND);
        assertThat(house.told(1)).contains("Settled");
    }

    @Test
    void aRequestThatGoesOutWhileItIsStillMeantNeedsNoWord() {
        var late = pausedWhileTakingOut();
        late.forEach(Runnable::run);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(house.told(1)).doesNotContain("LandedLate");
    }

    @Test
    void aRequestThatFailedForGoodIsNoReasonToPutAnythingBack() {
        var late = pausedWhileTakingOut();
        house.restart();
        house.cloud.verdict(House.vm(1), Verdict.UP);
        pass(40);
        house.cloud.meddle(House.vm(1), false);

        late.forEach(Runnable::run);
        pass(40);
        assertThat(house.cloud.isIn(House.vm(1))).as("what others took out").isFalse();
        assertThat(house.told(1)).doesNotContain("LandedLate");
    }
}
