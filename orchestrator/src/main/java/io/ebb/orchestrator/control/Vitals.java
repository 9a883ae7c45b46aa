package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Connections;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.protocol.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one agent's word says of its VM's connections and health. */
final class Vitals {
    /** An agent that was heard longer ago says nothing about now. */
    static final Duration SILENT = Duration.ofSeconds(15);

    private final Optional<Testimony> voice;
    private final Rules rules;
    private final Instant now;

    Vitals(Optional<Testimony> voice, Rules rules, Instant now) {
        this.voice = voice;
        this.rules = rules;
        this.now = now;
    }

    /**
     * The connections on these ports.
     *
     * @param resting since when the VM's members stand where they stand
     */
    Connections connections(List<Integer> ports, Instant resting) {
        if (voice.isEmpty()) {
            return new Connections.Unknown("its agent was never heard");
        }
        var said = voice.get();
        if (said.sinceHeard(now).compareTo(SILENT) > 0) {
            return new Connections.Unknown(
                    "its agent was last heard %d s ago"
                            .formatted(said.sinceHeard(now).toSeconds()));
        }
        var watched = said.report().ports().stream().map(Report.Port::port).toList();
        if (!watched.containsAll(ports) || ports.isEmpty()) {
            var missing = ports.stream().filter(port -> !watched.contains(port)).toList();
            return new Connections.Unknown("its agent does not count port " + missing + " yet");
        }
        return said.report()
                .quiet()
                .map(quiet -> said.heardAt().minus(quiet))
                .map(since -> since.isAfter(resting) ? since : resting)
                .filter(since -> !since.plus(rules.policy().quiet()).isAfter(said.heardAt()))
                .<Connections>map(_ -> new Connections.Quiet())
                .orElseGet(() -> new Connections.Open(count(said.report())));
    }

    private static int count(Report report) {
        return report.ports().stream().mapToInt(Report.Port::connections).sum();
    }

    /** Whether the agent has called the VM healthy long enough, counted from this time on. */
    boolean healthySince(Instant from) {
        return voice.filter(said -> said.sinceHeard(now).compareTo(SILENT) <= 0)
                .flatMap(Testimony::healthySince)
                .map(since -> since.isAfter(from) ? since : from)
                .filter(since -> !since.plusSeconds(rules.healthyChecks()).isAfter(heardAt()))
                .isPresent();
    }

    /** What an agent said proves nothing about the time after it. */
    private Instant heardAt() {
        return voice.map(Testimony::heardAt).orElse(Instant.MIN);
    }
}
