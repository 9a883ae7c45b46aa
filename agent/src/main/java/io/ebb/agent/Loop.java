package io.ebb.agent;

import java.time.Duration;

/** Work that is repeated on a thread of its own for as long as the process lives. */
final class Loop {
    private Loop() {}

    /** Does a piece of work and says when to do it again. */
    interface Work {
        Duration doOnce() throws InterruptedException;
    }

    /**
     * Starts the work. A failure is logged and the work goes on a second later: an agent that has
     * silently stopped to look is worse than one that complains each second.
     */
    static Thread start(String name, Work work) {
        return Thread.ofPlatform().daemon().name(name).start(() -> run(name, work));
    }

    private static void run(String name, Work work) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long begun = System.nanoTime();
                Duration period = doOnce(name, work);
                long left = period.toNanos() - (System.nanoTime() - begun);
                if (left > 0) {
                    Thread.sleep(Duration.ofNanos(left));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration doOnce(String name, Work work) throws InterruptedException {
        try {
            return work.doOnce();
        } catch (RuntimeException e) {
            Log.warn(name + " failed: " + e);
            return Duration.ofSeconds(1);
        }
    }
}
