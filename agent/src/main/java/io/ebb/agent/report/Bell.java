package io.ebb.agent.report;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the report; several rings before it is heard are one. */
public final class Bell {
    private final Semaphore rung = new Semaphore(0);

    /** There is something to report at once. */
    public void ring() {
        rung.release();
    }

    /** Waits for a ring, at most so long. */
    void await(Duration longest) throws InterruptedException {
        if (rung.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            rung.drainPermits();
        }
    }
}
