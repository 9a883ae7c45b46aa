package io.ebb.demo;

import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.report.Table;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Tells failures of the load while they happen. */
final class LoadWatch implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(2);

    private final OpenLoop load;
    private final Narrator narrator;
    private final Thread thread;
    private volatile boolean closed;
    private int told;

    LoadWatch(OpenLoop load, Narrator narrator) {
        this.load = load;
        this.narrator = narrator;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(STEP.toNanos());
            var result = load.soFar();
            if (result.failed() > told) {
                told = result.failed();
                narrator.say(
                        "load",
                        "",
                        "%d of %d requests failed so far: %s"
                                .formatted(told, result.requests(), Table.failures(result)));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
