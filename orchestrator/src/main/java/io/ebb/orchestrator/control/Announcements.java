package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.Why;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one turn writes down about events: what is new of them, and that one is approved. */
final class Announcements {
    private final Sight sight;
    private final Chronicle chronicle;
    private final Map<EventId, SeenEvent> changed = new LinkedHashMap<>();

    Announcements(Sight sight, Chronicle chronicle) {
        this.sight = sight;
        this.chronicle = chronicle;
        var known = new LinkedHashMap<EventId, SeenEvent>();
        sight.open().events().forEach(event -> known.put(event.id(), event));
        for (var event : sight.events().values()) {
            var before = known.get(event.id());
            if (!event.equals(before)) {
                changed.put(event.id(), event);
            }
            if (before == null || !before.status().equals(event.status())) {
                tell(event.id(), "Event" + event.status(), news(event));
            }
        }
    }

    private String news(SeenEvent event) {
        return switch (event.status()) {
            case Events.STARTED -> "%s %s has started".formatted(event.type(), event.eventId());
            case Events.GONE ->
                    "%s %s is gone: %s"
                            .formatted(
                                    event.type(),
                                    event.eventId(),
                                    sight.evidence().getOrDefault(event.id(), ""));
            default ->
                    "%s %s of %s (%s), not before %s: %s"
                            .formatted(
                                    event.type(),
                                    event.eventId(),
                                    String.join(", ", event.vms()),
                                    event.source(),
                                    event.notBefore()
                                            .map(Instant::toString)
                                            .orElse("an unknown time"),
                                    event.description());
        };
    }

    private void tell(EventId id, String type, String message) {
        vmsOf(id).forEach(vm -> chronicle.say(vm, type, message));
    }

    /** Records why an event is approved, once. */
    void approve(SeenEvent event, Why why) {
        if (event.approved().isEmpty()) {
            changed.put(event.id(), event.approved(why.name()));
            tell(
                    event.id(),
                    "Approving",
                    "approving %s %s: %s".formatted(event.type(), event.eventId(), why.words()));
        }
    }

    List<SeenEvent> changed() {
        return List.copyOf(changed.values());
    }

    /** Events that are gone and that no open drain needs any more. */
    List<EventId> forgotten() {
        var forgotten = new ArrayList<EventId>();
        for (var event : sight.events().values()) {
            if (event.status().equals(Events.GONE)
                    && vmsOf(event.id()).stream().noneMatch(chronicle::isOpen)) {
                forgotten.add(event.id());
            }
        }
        return forgotten;
    }

    private Set<VmId> vmsOf(EventId id) {
        for (var event : sight.world().events()) {
            if (event.id().equals(id)) {
                return event.vms();
            }
        }
        return Set.of();
    }
}
