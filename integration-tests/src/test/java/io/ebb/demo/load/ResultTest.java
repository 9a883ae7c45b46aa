package io.ebb.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ResultTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void theTimeThatWasAskedForIsNotSlowness() {
        var result = new Result(List.of(outcome(0, 3000, 3400, null), outcome(1, 0, 1001, null)));
        assertThat(result.over1s()).isEqualTo(1);
        assertThat(result.slowest()).isEqualTo(Duration.ofMillis(1001));
    }

    @Test
    void aFailureIsCountedAndHasNoTimeAmongTheAnswers() {
        var result =
                new Result(List.of(outcome(0, 0, 9000, Failure.RESET), outcome(1, 0, 5, null)));
        assertThat(result.requests()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.slowest()).isEqualTo(Duration.ofMillis(5));
        assertThat(result.served("web-1", START, START.plusSeconds(9))).isEqualTo(1);
    }

    @Test
    void thePercentileIsTheNearestRank() {
        var result =
                new Result(
                        IntStream.rangeClosed(1, 200)
                                .mapToObj(ms -> outcome(ms, 0, ms, null))
                                .toList());
        assertThat(result.percentile(0.99)).isEqualTo(Duration.ofMillis(198));
        assertThat(result.percentile(0.5)).isEqualTo(Duration.ofMillis(100));
        assertThat(new Result(List.of()).percentile(0.99)).isZero();
    }

    @Test
    void servedCountsTheRequestsThatWereDueInTheInterval() {
        var result =
                new Result(
                        IntStream.range(0, 10)
                                .mapToObj(second -> outcome(second, 0, 1, null))
                                .toList());
        assertThat(result.served("web-1", START.plusSeconds(2), START.plusSeconds(5))).isEqualTo(3);
        assertThat(result.served("web-2", START, START.plusSeconds(10))).isZero();
    }

    private static Outcome outcome(int second, int ms, int tookMs, @Nullable Failure failure) {
        return new Outcome(
                START.plusSeconds(second),
                "127.0.2.1",
                Lane.Style.SHORT,
                new Ask(ms, 512),
                Duration.ofMillis(tookMs),
                failure == null ? "web-1" : null,
                failure,
                failure == null ? "" : "as told");
    }
}
