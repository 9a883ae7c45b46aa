package io.ebb.simulator.maintenance;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/** Moves the controller's events on as real time passes. */
public final class Clockwork implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Clockwork.class.getName());
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Controller controller;
    private final InstantSource time;
    private final Thread thread;

    /** Starts at once. */
    public Clockwork(Controller controller, InstantSource time) {
        this.controller = controller;
        this.time = time;
        this.thread = Thread.ofVirtual().name("clockwork").start(this::run);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                controller.awaitChange(advance());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration advance() {
        try {
            return controller
                    .advance(time.instant())
                    .map(due -> Duration.between(time.instant(), due))
                    .orElse(IDLE);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "carrying out maintenance: " + e.getMessage(), e);
            return Duration.ZERO;
        }
    }
}
