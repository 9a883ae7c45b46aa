package io.ebb.simulator.maintenance;

import java.util.List;

/** What a scope unit's machines are shown. */
public record Document(long incarnation, List<Event> events) {

    /** What a service shows that has never known an event. */
    public static final Document EMPTY = new Document(0, List.of());

    public Document {
        events = List.copyOf(events);
    }
}
