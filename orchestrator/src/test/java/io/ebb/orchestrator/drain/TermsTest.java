package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class TermsTest {
    private static final Instant SEEN = Instant.parse("2026-11-20T17:00:00Z");
    private static final Terms TERMS = Terms.DEFAULT;

    private static Instant deadline(Duration notice) {
        return TERMS.deadline(SEEN, Optional.of(SEEN.plus(notice)));
    }

    @Test
    void aDrainEndsAfterTheLongestDrainWhenNotBeforeIsFar() {
        assertThat(deadline(Duration.ofMinutes(15))).isEqualTo(SEEN.plus(TERMS.longestDrain()));
    }

    @Test
    void aDrainEndsOneMarginBeforeNotBeforeWhenThatIsNear() {
        assertThat(deadline(Duration.ofMinutes(5)))
                .isEqualTo(SEEN.plus(Duration.ofMinutes(5)).minus(TERMS.margin()));
    }

    @Test
    @DisplayName("edge case 23: of a short notice, half is left to drain in")
    void theMarginIsAtMostHalfOfTheTimeThatWasLeft() {
        assertThat(deadline(Duration.ofSeconds(30))).isEqualTo(SEEN.plusSeconds(15));
    }

    @Test
    @DisplayName("edge case 24: an event days ahead is drained from its lead on")
    void anEventDaysAheadIsDrainedOnlyFromItsLeadOn() {
        var notBefore = SEEN.plus(Duration.ofDays(3));
        assertThat(TERMS.deadline(SEEN, Optional.of(notBefore)))
                .isEqualTo(notBefore.minus(TERMS.lead()).plus(TERMS.longestDrain()));
    }

    @Test
    @DisplayName("edge case 45: a clock that is minutes late still drains before NotBefore")
    void aClockThatIsLateStillDrainsInTime() {
        var late = Duration.ofMinutes(4);
        var azures = SEEN.plus(late).plus(Duration.ofMinutes(15));
        assertThat(TERMS.deadline(SEEN, Optional.of(azures)).plus(late)).isBefore(azures);
    }

    @Test
    void anEventWhoseTimeHasPassedLeavesNoTime() {
        assertThat(deadline(Duration.ofSeconds(-5))).isEqualTo(SEEN);
    }

    @Test
    void anUnreadableTimeLeavesTheLongestDrain() {
        assertThat(TERMS.deadline(SEEN, Optional.empty()))
                .isEqualTo(SEEN.plus(TERMS.longestDrain()));
    }
}
