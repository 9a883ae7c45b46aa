package io.ebb.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class PaceTest {
    private final Pace pace = new Pace(Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource({
        "10000, false, 10000",
        "60000, false, 10000",
        "1000, false, 1000",
        "10000, true, 1000",
        "500, true, 500",
        "0, false, 200",
    })
    void theOrchestratorMayWishForMoreButNotForLess(long wished, boolean open, long next) {
        assertThat(pace.afterAnswer(Duration.ofMillis(wished), open))
                .isEqualTo(Duration.ofMillis(next));
    }

    @Test
    void aFailureIsFollowedByALongerAndLongerButNeverByALongPause() {
        var random = new Random(1);
        for (int failures = 1; failures < 100; failures++) {
            assertThat(pace.afterFailure(failures, pace.usual(), false, random))
                    .isBetween(Duration.ofMillis(125), Duration.ofSeconds(3));
        }
        assertThat(pace.afterFailure(1, pace.usual(), false, random))
                .isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(pace.afterFailure(9, pace.usual(), false, random))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void aFailureIsFollowedByNoLongerPauseThanAnAnswerWhileSomethingIsUp() {
        var random = new Random(1);
        var second = Duration.ofSeconds(1);
        for (int failures = 1; failures < 100; failures++) {
            assertThat(pace.afterFailure(failures, pace.usual(), true, random))
                    .isLessThanOrEqualTo(second);
            assertThat(pace.afterFailure(failures, second, false, random))
                    .isLessThanOrEqualTo(second);
        }
    }
}
