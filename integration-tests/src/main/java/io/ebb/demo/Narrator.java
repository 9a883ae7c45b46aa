package io.ebb.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Prints what happens, one line each, with the time since the load began. */
final class Narrator {
    private final Instant start;

    Narrator(Instant start) {
        this.start = start;
    }

    /**
     * Prints one line.
     *
     * @param who whose word it is: the simulated cloud's, Ebb's or the demo's
     */
    synchronized void say(Instant at, String who, String vm, String message) {
        double offset = Duration.between(start, at).toMillis() / 1000.0;
        System.out.printf(Locale.ROOT, "%+7.1f s  %-5s  %-5s  %s%n", offset, who, vm, message);
    }

    void say(String who, String vm, String message) {
        say(Instant.now(), who, vm, message);
    }
}
