package io.ebb.demo.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions by looking again. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(100);

    private Await() {}

    /**
     * Waits until the condition holds; false when the time has passed or the thread is asked to
     * end.
     */
    public static boolean until(Duration patience, BooleanSupplier condition) {
        return until(
                        patience,
                        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** Waits until there is something; empty when the time has passed. */
    public static <T> Optional<T> until(Duration patience, Supplier<Optional<T>> look) {
        return until(patience, STEP, look);
    }

    /** The same, looking again after so long. */
    public static <T> Optional<T> until(
            Duration patience, Duration step, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var seen = look.get();
            if (seen.isPresent()
                    || System.nanoTime() >= deadline
                    || Thread.currentThread().isInterrupted()) {
                return seen;
            }
            LockSupport.parkNanos(step.toNanos());
        }
    }
}
