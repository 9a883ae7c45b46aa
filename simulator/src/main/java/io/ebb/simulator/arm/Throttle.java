package io.ebb.simulator.arm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** ARM's token bucket for one kind of requests. */
final class Throttle {
    private final InstantSource time;
    private final double burst;
    private final double perSecond;
    private double tokens;
    private Instant last;

    Throttle(InstantSource time, int burst, int perSecond) {
        this.time = time;
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
        this.last = time.instant();
    }

    /**
     * Takes a token and tells how many are left; a refused request is told to wait anew.
     *
     * @throws Refusal 429 when there is none
     */
    synchronized int take() {
        var now = time.instant();
        double passed = Math.max(0, Duration.between(last, now).toMillis() / 1000.0);
        tokens = Math.min(burst, tokens + passed * perSecond);
        last = now;
        if (tokens < 1) {
            throw Refusal.throttled(Duration.ofSeconds(1 + (long) Math.ceil(1 / perSecond)));
        }
        tokens -= 1;
        return (int) tokens;
    }
}
