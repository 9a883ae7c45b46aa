package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.protocol.Report;
import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One agent's latest word.
 *
 * @param name the VM's name
 * @param scope the scope unit whose document its metadata service shows
 * @param report what it said
 * @param events the events of its document, read; empty when it could not be read
 * @param heardAt when it was received, by the ledger's clock
 * @param healthySince since when it has called its VM healthy without a break and within one boot
 */
public record Testimony(
        VmId vm,
        String name,
        String scope,
        Report report,
        List<ScheduledEvent> events,
        Instant heardAt,
        Optional<Instant> healthySince) {

    public Testimony {
        events = List.copyOf(events);
    }

    /** How old the document is that this agent holds: empty when it never had one. */
    Optional<Duration> documentAge(Instant now) {
        return report.document().age().map(age -> age.plus(sinceHeard(now)));
    }

    /** How long ago the agent was heard. */
    public Duration sinceHeard(Instant now) {
        return Duration.between(heardAt, now);
    }

    /** The event as this agent's document shows it. */
    Optional<ScheduledEvent> sees(EventId id) {
        for (var event : events) {
            if (id.matches(scope, event.eventId())) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /** In how many good readings in a row this agent has missed an event that it had seen. */
    int misses(EventId id) {
        for (var missing : report.missing()) {
            if (id.matches(scope, missing.eventId())) {
                return missing.reads();
            }
        }
        return 0;
    }
}
