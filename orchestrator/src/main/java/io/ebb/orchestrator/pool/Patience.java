package io.ebb.orchestrator.pool;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a write may still be sent: the rest of the lease that planned it, on the monotonic
 * clock. What has not been sent and answered by then must not be sent any more.
 */
public final class Patience {
    private final LongSupplier nanoTime;
    private final long end;

    /**
     * Begins now.
     *
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public Patience(LongSupplier nanoTime, Duration length) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + length.toNanos();
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }
}
