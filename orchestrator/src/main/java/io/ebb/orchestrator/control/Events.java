package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Notice;
import io.ebb.orchestrator.drain.Policy;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.Why;
import io.ebb.orchestrator.fleet.Sightings;
import io.ebb.orchestrator.fleet.Sightings.Finding;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.protocol.ScheduledEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
                                return with(row, GONE, row.notBefore(), Optional.of(now));
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
                row.seen(),
                Optional.empty(),
                row.approved(),
                row.acknowledged());
    }

    private static String status(ScheduledEvent event) {
        return event.status().equalsIgnoreCase(STARTED) ? STARTED : SCHEDULED;
    }

    private static SeenEvent with(
            SeenEvent row, String status, Optional<Instant> notBefore, Optional<Instant> gone) {
        return new SeenEvent(
                row.id(),
                row.eventId(),
                row.type(),
                row.source(),
                row.description(),
                row.vms(),
                status,
                notBefore,
                row.seen(),
                gone,
                row.approved(),
                row.acknowledged());
    }

    /** The events as the plan sees them; those that name no VM of Ebb's are left out. */
    List<Event> forPlan(Inventory.Fleet fleet, Policy policy) {
        var events = new ArrayList<Event>();
        for (var row : rows.values()) {
            var vms = new HashSet<VmId>();
            var strangers = new ArrayList<String>();
            for (var name : row.vms()) {
                find(fleet, row.id().scope(), name)
                        .ifPresentOrElse(vm -> vms.add(vm.id()), () -> strangers.add(name));
            }
            if (!vms.isEmpty()) {
                events.add(forPlan(row, vms, strangers, policy));
            }
        }
        return events;
    }

    private Event forPlan(SeenEvent row, Set<VmId> vms, List<String> strangers, Policy policy) {
        var notice =
                switch (row.status()) {
                    case STARTED -> new Notice.Started();
                    case GONE -> new Notice.Gone(row.gone().orElse(row.seen()));
                    default -> new Notice.Scheduled(row.notBefore());
                };
        return new Event(
                row.id(),
                EventType.of(row.type()),
                vms,
                strangers,
                notice,
                row.seen(),
                deadline(row, policy),
                witnesses.getOrDefault(row.id(), Set.of()),
                row.approved().map(Why::valueOf),
                row.acknowledged().isPresent());
    }

    /** What began without an announcement takes its VMs down now. */
    private static Instant deadline(SeenEvent row, Policy policy) {
        return row.status().equals(STARTED) && row.notBefore().isEmpty()
                ? row.seen()
                : policy.deadline(row.seen(), row.notBefore());
    }

    /** Whole names, whatever their case; old api-versions put an underscore in front. */
    private static Optional<Inventory.KnownVm> find(
            Inventory.Fleet fleet, String scope, String name) {
        var plain = name.startsWith("_") ? name.substring(1) : name;
        return fleet.vms().stream()
                .filter(vm -> vm.scopeUnit().toLowerCase(Locale.ROOT).equals(scope))
                .filter(vm -> vm.name().equalsIgnoreCase(plain) || vm.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
