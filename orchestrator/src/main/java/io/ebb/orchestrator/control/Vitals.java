package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Assumption;
import io.ebb.orchestrator.drain.Connections;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.protocol.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one agent's word says of its VM's connections and health. */
final class Vitals {
    /** An agent that was heard longer ago says nothing about now. */
    static final Duration SILENT = Duration.ofSeconds(15);

    private final Optional<Testimony> voice;
    private final Terms terms;
    private final Rules rules;
    private final Instant now;

    /**
     * @param voice what its agent said last
     */
    Vitals(Optional<Testimony> voice, Terms terms, Rules rules, Instant now) {
        this.voice = voice;
        this.terms = terms;
        this.rules = rules;
        this.now = now;
    }

    /**
     * The connections in the VM's pools.
     *
     * @param resting since when the VM's members stand where they stand
     */
    Connections connections(Ports.Countable countable, Instant resting) {
        if (isSilent()) {
            return silent(resting);
        }
        var said = voice.orElseThrow();
        if (countable.udpOnly()) {
            return uncountable(said, resting);
        }
        var missing = new ArrayList<>(countable.ports());
        var count = 0;
        for (var port : said.report().ports()) {
            missing.remove(Integer.valueOf(port.port()));
            count += port.connections();
        }
        if (!missing.isEmpty() || countable.ports().isEmpty()) {
            return new Connections.Unknown(uncounted(missing));
        }
        var open = new Connections.Open(count);
        if (count > terms.remaining()) {
            return open;
        }
        return quiet(said.report())
                .map(quiet -> said.heardAt().minus(quiet))
                .map(since -> since.isAfter(resting) ? since : resting)
                .filter(since -> !since.plus(terms.quiet()).isAfter(said.heardAt()))
                .<Connections>map(_ -> new Connections.Quiet())
                .orElse(open);
    }

    private boolean isSilent() {
        return voice.filter(said -> said.sinceHeard(now).compareTo(SILENT) <= 0).isEmpty();
    }

    private static String uncounted(List<Integer> missing) {
        return missing.equals(List.of(Inventory.EVERY_PORT))
                ? "a rule balances every port, and its agent has not seen it listen on any yet"
                : "its agent does not count port " + missing + " yet";
    }

    /** There is only time to go by; its agent must live all the same. */
    private Connections uncountable(Testimony said, Instant resting) {
        return resting.plus(terms.quiet()).isAfter(said.heardAt())
                ? new Connections.Unknown("its pools carry UDP only")
                : new Connections.Assumed(Assumption.UDP_ONLY, "its pools carry UDP only");
    }

    /** Nobody counts: after a while that is taken for quiet, and called so. */
    private Connections silent(Instant resting) {
        var words =
                voice.map(said ->
                                "its agent was last heard "
                                        + said.sinceHeard(now).toSeconds()
                                        + " s ago")
                        .orElse("its agent was never heard");
        var since =
                voice.map(Testimony::heardAt)
                        .filter(heard -> heard.isAfter(resting))
                        .orElse(resting);
        return since.plus(terms.waitWithoutAgent()).isAfter(now)
                ? new Connections.Unknown(words)
                : new Connections.Assumed(Assumption.NO_AGENT, words);
    }

    /** For how long no more connections than may remain have been counted. */
    private Optional<Duration> quiet(Report report) {
        var longest = report.quiet();
        for (var streak : report.calm()) {
            if (streak.remaining() == terms.remaining()
                    && longest.filter(other -> other.compareTo(streak.lasting()) >= 0).isEmpty()) {
                longest = Optional.of(streak.lasting());
            }
        }
        return longest;
    }

    /**
     * Whether the agent has called the VM healthy long enough, counted from this time on. Where no
     * agent answers and the policy lets that do: whether Azure calls the VM running, so that the
     * load balancer's probe can judge.
     *
     * @param running Azure's word; empty when it is not known
     */
    boolean healthySince(Instant from, Optional<Boolean> running) {
        if (isSilent() && terms.withoutAgent() == Terms.WithoutAgent.PROBE) {
            var since =
                    voice.map(Testimony::heardAt).filter(heard -> heard.isAfter(from)).orElse(from);
            return running.orElse(false) && !since.plus(terms.waitWithoutAgent()).isAfter(now);
        }
        return voice.filter(_ -> !isSilent())
                .filter(said -> said.report().health().streak() >= rules.healthyChecks())
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
