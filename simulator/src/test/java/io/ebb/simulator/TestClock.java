package io.ebb.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands until it is moved. */
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-04-20T22:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void forward(Duration duration) {
        now = now.plus(duration);
    }
}
