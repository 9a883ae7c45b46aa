package io.ebb.orchestrator.control;

import java.time.Duration;

/** Tells whether somebody woke the loop, where no loop runs. */
public final class Woken {
    private Woken() {}

    /** Whether it was woken since it was last asked, or is within this time. */
    public static boolean within(Wake wake, Duration time) {
        try {
            return wake.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
