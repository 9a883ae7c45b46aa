package io.ebb.orchestrator.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How many runs a second of one processor's time; what a thread waits for others is left out. */
final class Rate {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long nanos;
    private int runs;

    /** Counts a run. */
    void time(Runnable run) {
        var begun = THREADS.getCurrentThreadCpuTime();
        run.run();
        nanos += THREADS.getCurrentThreadCpuTime() - begun;
        runs++;
    }

    @Override
    public String toString() {
        return "%d runs in memory took %.1f s of one processor's time: %.0f a second."
                .formatted(runs, nanos / 1e9, runs * 1e9 / nanos);
    }
}
