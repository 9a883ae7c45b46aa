package io.ebb.agent.probe;

import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets this VM refuse new flows by itself before an event takes it down, where waiting to be told
 * would be too late: at once for a Preempt, whose notice is half a minute, and shortly before any
 * other while the orchestrator is silent. Only where the orchestrator has said beforehand that it
 * may: it knows who else is out.
 */
public final class Foresight {
    private static final String PREEMPT = "Preempt";

    /** Nobody waits for an orchestrator that has been silent for so long. */
    private static final Duration SILENT = Duration.ofSeconds(10);

    private final Supplier<List<ScheduledEvent>> events;
    private final InstantSource clock;
    private final Optional<Duration> ahead;
    private volatile String vm = "";

    /**
     * Knows of no VM yet.
     *
     * @param events those of a document that can still be relied on
     * @param clock the wall clock, as Azure's times are
     * @param ahead so long before an event; empty: never
     */
    public Foresight(
            Supplier<List<ScheduledEvent>> events, InstantSource clock, Optional<Duration> ahead) {
        this.events = events;
        this.clock = clock;
        this.ahead = ahead;
    }

    /** This VM's name, as events call it. */
    public void of(String name) {
        vm = name;
    }

    /**
     * Why no new flow should come now; empty when it may.
     *
     * @param alone types of events for which the orchestrator leaves that to the agent
     * @param unheard how long ago it last said anything
     */
    Optional<String> against(List<String> alone, Duration unheard) {
        if (alone.isEmpty() || ahead.isEmpty()) {
            return Optional.empty();
        }
        Instant soon = clock.instant().plus(ahead.get());
        for (ScheduledEvent event : events.get()) {
            if (contains(event.resources(), vm) && contains(alone, event.type())) {
                if (event.type().equalsIgnoreCase(PREEMPT)) {
                    return Optional.of("this VM is about to be evicted");
                }
                if (unheard.compareTo(SILENT) >= 0 && isDue(event, soon)) {
                    return Optional.of(
                            "its %s is due, and the orchestrator is silent"
                                    .formatted(event.type()));
                }
            }
        }
        return Optional.empty();
    }

    /** One without a time has started, or may start at any time. */
    private static boolean isDue(ScheduledEvent event, Instant soon) {
        return event.notBefore().filter(start -> start.isAfter(soon)).isEmpty();
    }

    private static boolean contains(List<String> words, String wanted) {
        return words.stream().anyMatch(word -> word.equalsIgnoreCase(wanted));
    }
}
