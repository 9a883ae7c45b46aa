package io.ebb.protocol;

import java.util.List;

/**
 * The metadata service's Scheduled Events document.
 *
 * @param incarnation changes whenever the events change; it may skip and may fall, so compare it
 *     with {@code !=} only
 * @param events all events of the scope unit, those of other VMs included
 */
public record ScheduledEvents(long incarnation, List<ScheduledEvent> events) {

    public ScheduledEvents {
        events = List.copyOf(events);
    }
}
