package io.ebb.orchestrator.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Virtual time: what is to happen, in order, and the story of what did. No thread, no wall clock.
 */
final class Clockwork implements InstantSource {
    private static final Instant BEGIN = Instant.parse("2026-11-20T17:00:00Z");

    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final List<String> story = new ArrayList<>();
    private final boolean tells;
    private long order;
    private long now;
    private Instant instant = BEGIN;

    /**
     * @param tells whether the story is kept; telling costs more than the run itself
     */
    Clockwork(boolean tells) {
        this.tells = tells;
    }

    /** Milliseconds since the run began. */
    long now() {
        return now;
    }

    @Override
    public Instant instant() {
        return instant;
    }

    /** So many milliseconds into the run. */
    static Instant at(long millis) {
        return BEGIN.plusMillis(millis);
    }

    /** Lets this happen so many milliseconds from now. */
    void in(long millis, Runnable what) {
        queue.add(new Due(now + Math.max(0, millis), order++, what));
    }

    /** Lets the next thing happen. */
    void step() {
        var due = queue.remove();
        if (now != due.at()) {
            now = due.at();
            instant = at(now);
        }
        due.what().run();
    }

    /**
     * Lets things happen until this is so. May be called by something that happens: a call that
     * waits for an answer while the world goes on.
     */
    void until(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            step();
        }
    }

    /** Adds a line to the story. */
    @SuppressWarnings("AnnotateFormatMethod")
    void tell(String format, Object... args) {
        if (tells) {
            story.add("%8.3f  ".formatted(now / 1000.0) + format.formatted(args));
        }
    }

    /** What happened. */
    List<String> story() {
        return List.copyOf(story);
    }
}
