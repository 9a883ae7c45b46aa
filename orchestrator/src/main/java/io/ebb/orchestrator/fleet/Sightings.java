package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the agents together prove about an event. The only place that says Gone.
 *
 * <p>An event is gone when a witness that saw it has missed it in several good readings, or when
 * some other agent has read good documents without it for longer than a freshly enabled metadata
 * service is blind. A fresh witness that still sees it beats one that does not. No answer, an empty
 * body, a silent agent, an error prove nothing.
 */
public final class Sightings {
    /** A document is fresh when it was read, or confirmed, no longer ago than this. */
    static final Duration FRESH = Duration.ofSeconds(10);

    /** Good readings in a row, by a witness of the event, that prove it gone. */
    static final int READS = 3;

    /**
     * How long a freshly enabled metadata service may show no events although there are some:
     * Microsoft documents five minutes.
     */
    static final Duration BLIND = Duration.ofMinutes(5);

    /** Those that count: who holds no fresh document proves nothing. */
    private final List<Testimony> fresh;

    public Sightings(List<Testimony> testimonies, Instant now) {
        this.fresh = testimonies.stream().filter(testimony -> isFresh(testimony, now)).toList();
    }

    /** What is proved about one event. */
    public sealed interface Finding {
        /** A fresh, good document shows it. */
        record Seen(ScheduledEvent event, Testimony witness) implements Finding {}

        /** It is proved to be gone. */
        record Gone(String evidence) implements Finding {}

        /** Nothing is proved. */
        record Unknown() implements Finding {}
    }

    /** All events that a fresh document shows. */
    public Set<EventId> inSight() {
        var ids = new LinkedHashSet<EventId>();
        for (var testimony : fresh) {
            testimony
                    .events()
                    .forEach(event -> ids.add(new EventId(testimony.scope(), event.eventId())));
        }
        return ids;
    }

    /** The VMs whose agents' fresh documents show this event. */
    public Set<VmId> witnesses(EventId id) {
        var vms = new HashSet<VmId>();
        for (var testimony : fresh) {
            if (testimony.sees(id).isPresent()) {
                vms.add(testimony.vm());
            }
        }
        return vms;
    }

    /** What is proved about this event. */
    public Finding of(EventId id) {
        return seen(id).or(() -> missedByAWitness(id))
                .or(() -> missedForLong(id))
                .orElseGet(Finding.Unknown::new);
    }

    /** The most advanced sighting: Started is never followed by Scheduled. */
    private Optional<Finding> seen(EventId id) {
        return inScope(id)
                .filter(testimony -> testimony.sees(id).isPresent())
                .map(testimony -> new Finding.Seen(testimony.sees(id).orElseThrow(), testimony))
                .max(
                        Comparator.comparing((Finding.Seen seen) ->
                                        "Started".equalsIgnoreCase(seen.event().status()))
                                .thenComparing(seen -> seen.witness().heardAt()))
                .map(Finding.class::cast);
    }

    private Optional<Finding> missedByAWitness(EventId id) {
        return inScope(id)
                .filter(testimony -> testimony.misses(id) >= READS)
                .findFirst()
                .map(witness ->
                        new Finding.Gone(
                                "%s saw it before and has missed it in %d good readings"
                                        .formatted(witness.name(), witness.misses(id))));
    }

    private Optional<Finding> missedForLong(EventId id) {
        return inScope(id)
                .filter(testimony -> testimony.report().document().good().compareTo(BLIND) >= 0)
                .findFirst()
                .map(witness ->
                        new Finding.Gone(
                                "%s has read good documents without it for %d minutes"
                                        .formatted(
                                                witness.name(),
                                                witness.report().document().good().toMinutes())));
    }

    private Stream<Testimony> inScope(EventId id) {
        return fresh.stream().filter(testimony -> testimony.scope().equalsIgnoreCase(id.scope()));
    }

    private static boolean isFresh(Testimony testimony, Instant now) {
        return testimony.documentAge(now).map(age -> age.compareTo(FRESH) <= 0).orElse(false);
    }
}
