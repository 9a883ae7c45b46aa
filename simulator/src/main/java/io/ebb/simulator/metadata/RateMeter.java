package io.ebb.simulator.metadata;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;

/** Counts the requests of the last second. */
final class RateMeter {
    private final InstantSource time;
    private final ArrayDeque<Instant> recent = new ArrayDeque<>();

    RateMeter(InstantSource time) {
        this.time = time;
    }

    /** Notes a request; returns how many there were within the last second, with this one. */
    synchronized int count() {
        var now = time.instant();
        recent.addLast(now);
        recent.removeIf(at -> at.isBefore(now.minusSeconds(1)));
        return recent.size();
    }
}
