package io.ebb.orchestrator.control;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the loop: a report came in, a lane finished, a reading is new. */
@Singleton
public final class Wake {
    private final Semaphore signal = new Semaphore(0);

    /** There is something to look at. */
    public void up() {
        signal.release();
    }

    /**
     * Waits to be woken, or until the time is over; several calls are answered at once.
     *
     * @return whether it was woken
     */
    boolean sleep(Duration longest) throws InterruptedException {
        var isWoken = signal.tryAcquire(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
        if (isWoken) {
            signal.drainPermits();
        }
        return isWoken;
    }
}
