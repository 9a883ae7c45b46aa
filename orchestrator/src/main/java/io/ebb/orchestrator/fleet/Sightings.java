package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the agents together prove about an event. The only place that says Gone.
 *
 * <p>An event is gone when a witness that saw it has missed it in several good readings, or when
 * some other agent has read good documents without it for longer than a freshly enabled metadata
 * service is blind. A fresh witness that still sees it beats one that does not. No answer, an empty
 * body, a silent agent, an error prove nothing.
 */
public final class Sightings {
    /**
     * A document is fresh when it was read, or confirmed, no longer ago than this. Who sees an
     * event reports each second.
     */
    static final Duration FRESH = Duration.ofSeconds(5);

    /** Good readings in a row, by a witness of the event, that prove it gone. */
    static final int READS = 3;

    /**
     * How long a freshly enabled metadata service may show no events although there are some:
     * Microsoft documents five minutes.
     */
    static final Duration BLIND = Duration.ofMinutes(5);

    private static final Comparator<Finding.Seen> ADVANCED =
            Comparator.comparing((Finding.Seen seen) ->
                            "Started".equalsIgnoreCase(seen.event().status()))
                    .thenComparing(seen -> seen.witness().heardAt());

    /** Those that count: who holds no fresh document proves nothing. */
    private final List<Testimony> fresh;

    public Sightings(List<Testimony> testimonies, Instant now) {
        this.fresh = new ArrayList<>(testimonies);
        this.fresh.removeIf(testimony -> !isFresh(testimony, now));
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
        var best = Optional.<Finding.Seen>empty();
        for (var testimony : fresh) {
            var seen = testimony.sees(id).map(event -> new Finding.Seen(event, testimony));
            if (seen.isPresent()
                    && (best.isEmpty() || ADVANCED.compare(seen.get(), best.get()) > 0)) {
                best = seen;
            }
        }
        return best.map(Finding.class::cast);
    }

    private Optional<Finding> missedByAWitness(EventId id) {
        for (var witness : fresh) {
            var reads = witness.misses(id);
            if (reads >= READS) {
                return Optional.of(
                        new Finding.Gone(
                                witness.name()
                                        + " saw it before and has missed it in "
                                        + reads
                                        + " good readings"));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> missedForLong(EventId id) {
        for (var witness : fresh) {
            var good = witness.report().document().good();
            if (witness.scope().equalsIgnoreCase(id.scope()) && good.compareTo(BLIND) >= 0) {
                return Optional.of(
                        new Finding.Gone(
                                "%s has read good documents without it for %d minutes"
                                        .formatted(witness.name(), good.toMinutes())));
            }
        }
        return Optional.empty();
    }

    private static boolean isFresh(Testimony testimony, Instant now) {
        return testimony.documentAge(now).map(age -> age.compareTo(FRESH) <= 0).orElse(false);
    }
}
