package io.ebb.simulator.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of one scope unit: an availability set or a standalone machine. All its machines read
 * the same document. Safe for many threads.
 */
public final class EventRepository {
    private static final Duration DISABLED_AFTER = Duration.ofHours(24);

    private record Service(Instant readyAt, Instant lastRequest) {}

    private final String scope;
    private final Duration firstAnswer;
    private final Map<String, Event> events = new LinkedHashMap<>();
    private Optional<Service> service = Optional.empty();
    private long incarnation;
    private int step = 1;

    /**
     * @param firstAnswer how long the first request waits, while the service is being enabled
     */
    public EventRepository(String scope, Duration firstAnswer) {
        this.scope = scope;
        this.firstAnswer = firstAnswer;
    }

    /** The name of the availability set or the machine. */
    public String scope() {
        return scope;
    }

    /**
     * Notes a request, which enables the service if it is off.
     *
     * @return when the answer may be given: later than now while the service is being enabled
     */
    public synchronized Instant requested(Instant now) {
        if (!enabled(now)) {
            incarnation = events.isEmpty() ? 0 : 1;
            service = Optional.of(new Service(now.plus(firstAnswer), now));
        }
        var readyAt = service.map(Service::readyAt).orElse(now);
        service = Optional.of(new Service(readyAt, now));
        return readyAt;
    }

    /** Whether somebody asked within the last 24 hours. */
    public synchronized boolean enabled(Instant now) {
        return service.filter(s -> now.isBefore(s.lastRequest().plus(DISABLED_AFTER))).isPresent();
    }

    /** What the machines are shown now. */
    public synchronized Document document() {
        return new Document(incarnation, List.copyOf(events.values()));
    }

    /** Shows an event, or its new state. The same event from a second host agent is no change. */
    synchronized void put(Event event) {
        var before = events.put(event.id(), event);
        if (before == null
                || before.started() != event.started()
                || !before.work().vms().equals(event.work().vms())) {
            changed();
        }
    }

    /** No longer shows an event. */
    synchronized void remove(String id) {
        if (events.remove(id) != null) {
            changed();
        }
    }

    /** By how much each further change raises the incarnation. */
    public synchronized void step(int newStep) {
        step = newStep;
    }

    /** Forgets who asked and how much has changed, as after 24 hours without a request. */
    public synchronized void disable() {
        service = Optional.empty();
    }

    private void changed() {
        if (service.isPresent()) {
            incarnation += step;
        }
    }
}
