package io.ebb.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of the metadata service's Scheduled Events document, as Azure wrote it.
 *
 * @param eventId as written; compare it case-insensitively and send it back verbatim
 * @param status {@code Scheduled} or {@code Started}; other values are carried through
 * @param type {@code Freeze}, {@code Reboot}, {@code Redeploy}, {@code Preempt}, {@code Terminate};
 *     other values are carried through
 * @param resources names of the VMs concerned ({@code compute.name}, never host names)
 * @param notBefore empty when the event has started, or when Azure's text cannot be read as a time
 * @param notBeforeText Azure's text, verbatim
 * @param description free text, may be empty
 * @param source {@code Platform} or {@code User}; empty before api-version 2019-08-01
 * @param durationSeconds expected interruption; 0 is no impact, -1 is unknown, empty when absent
 */
public record ScheduledEvent(
        String eventId,
        String status,
        String type,
        List<String> resources,
        Optional<Instant> notBefore,
        String notBeforeText,
        String description,
        String source,
        OptionalLong durationSeconds) {

    public ScheduledEvent {
        resources = List.copyOf(resources);
    }
}
