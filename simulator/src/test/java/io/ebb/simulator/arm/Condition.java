package io.ebb.simulator.arm;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests: for what comes, never for a length of time. */
public final class Condition {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Condition() {}

    /** Returns as soon as the condition holds, and fails when it does not for 20 seconds. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
