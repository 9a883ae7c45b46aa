package io.ebb.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ThrottleTest {
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final Throttle throttle = new Throttle(() -> now, 2, 1);

    @Test
    void theBurstIsAllowedAndThenAsManyAsComeInPerSecond() {
        assertThat(throttle.take()).isEqualTo(1);
        assertThat(throttle.take()).isZero();
        assertThatThrownBy(throttle::take)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(429);
                            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(2));
                        });

        now = now.plusSeconds(1);
        assertThat(throttle.take()).isZero();
    }
}
