package io.ebb.simulator.control;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What happened, in order. Safe for use by many threads. */
@SuppressWarnings("JavaLangClash") // the word of the domain; java.lang.Record is never named here
public final class Record {

    /** One happening; {@code subject} is a machine's name or an event's id. */
    public record Entry(long sequence, Instant at, String kind, String subject, String detail) {}

    private final InstantSource time;
    private final List<Entry> entries = new ArrayList<>();

    public Record(InstantSource time) {
        this.time = time;
    }

    /** Appends; time and sequence never run backwards against each other. */
    public synchronized void add(String kind, String subject, String detail) {
        entries.add(new Entry(entries.size() + 1L, time.instant(), kind, subject, detail));
    }

    /** The entries with a greater sequence number, oldest first. Sequences start at 1, no gaps. */
    public synchronized List<Entry> after(long sequence) {
        int from = Math.clamp(sequence, 0, entries.size());
        return List.copyOf(entries.subList(from, entries.size()));
    }
}
