package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Sightings;
import io.ebb.orchestrator.fleet.Sightings.Finding;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the ledger's events up to date with what the agents prove. Pure. */
final class Events {
    static final String SCHEDULED = "Scheduled";
    static final String STARTED = "Started";
    static final String GONE = "Gone";

    private final Map<EventId, SeenEvent> rows = new LinkedHashMap<>();
    private final Map<EventId, String> evidence = new HashMap<>();
    private final Map<EventId, Set<VmId>> witnesses = new HashMap<>();

    private Events() {}

    /** Merges what is known with what is seen. */
    static Events merge(List<SeenEvent> known, Sightings sightings, Instant now) {
        var events = new Events();
        known.forEach(row -> events.rows.put(row.id(), row));
        var ids = new HashSet<>(events.rows.keySet());
        ids.addAll(sightings.inSight());
        for (var id : ids) {
            events.witnesses.put(id, sightings.witnesses(id));
            events.update(id, sightings.of(id), now);
        }
        return events;
    }

    Map<EventId, SeenEvent> rows() {
        return rows;
    }

    Map<EventId, String> evidence() {
        return evidence;
    }

    private void update(EventId id, Finding finding, Instant now) {
        switch (finding) {
            case Finding.Seen(var event, _) -> {
                var row = rows.get(id);
                rows.put(id, row == null ? first(id, event, now) : next(row, event, now));
            }
            case Finding.Gone(var why) ->
                    rows.computeIfPresent(
                            id,
                            (_, row) -> {
                                if (row.status().equals(GONE)) {
                                    return row;
                                }
                                evidence.put(id, why);
                                return row.goneSince(now);
                            });
            // Silence proves nothing: what was known stays.
            case Finding.Unknown() -> {}
        }
    }

    private static SeenEvent first(EventId id, ScheduledEvent event, Instant now) {
        return new SeenEvent(
                id,
                event.eventId(),
                event.type(),
                event.source(),
                event.description(),
                event.resources(),
                status(event),
                event.notBefore(),
                expected(event),
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** An id that comes back after it was gone is a new announcement under the old record. */
    private static SeenEvent next(SeenEvent row, ScheduledEvent event, Instant now) {
        if (row.status().equals(GONE)) {
            return first(row.id(), event, now);
        }
        // A witness that lags behind does not undo a start.
        var status = row.status().equals(STARTED) ? STARTED : status(event);
        var notBefore = status.equals(STARTED) ? row.notBefore() : event.notBefore();
        return new SeenEvent(
                row.id(),
                row.eventId(),
                event.type(),
                event.source(),
                event.description(),
                event.resources(),
                status,
                notBefore,
                expected(event),
                row.seen(),
                Optional.empty(),
                row.approved(),
                row.acknowledged());
    }

    private static Optional<Duration> expected(ScheduledEvent event) {
        return event.durationSeconds().isPresent() && event.durationSeconds().getAsLong() >= 0
                ? Optional.of(Duration.ofSeconds(event.durationSeconds().getAsLong()))
                : Optional.empty();
    }

    private static String status(ScheduledEvent event) {
        return event.status().equalsIgnoreCase(STARTED) ? STARTED : SCHEDULED;
    }

    /** The VMs whose agents show this event now. */
    Set<VmId> witnesses(EventId id) {
        return witnesses.getOrDefault(id, Set.of());
    }
}
