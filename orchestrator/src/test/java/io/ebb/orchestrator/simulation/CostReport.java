package io.ebb.orchestrator.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What the drains of all runs were like, per class, as a page. */
final class CostReport {
    private final Map<String, List<Tally.Cost>> classes = new TreeMap<>();
    private int runs;

    void add(List<Tally.Cost> costs) {
        runs++;
        for (var cost : costs) {
            var name = cost.type().toLowerCase(Locale.ROOT);
            classes.computeIfAbsent(name, _ -> new ArrayList<>()).add(cost);
        }
    }

    /** The page; the same for the same runs. */
    String page(long seed) {
        var page = new StringBuilder();
        page.append(
                """
                # What drains cost, in the simulation

                Written by `SimulationTest`: %d runs from seed %d on, in virtual time, in a world \
                with crashes, lost and late messages, refusing ARM, restarting agents, meddling \
                people and lying agents. Half of the runs have one policy, so that their figures \
                can be compared; the others draw one, as operators might write it, and are in the \
                row *another policy*. Times are seconds in which the VM received no new flows \
                while its drain was open, by the world's truth. ARM calls are those for the VM's \
                network interface in that time.

                | Event | Drains | Drained | Out of rotation p50 / p95 / p99 / max | ARM reads p50 / p95 / max | ARM writes p50 / p95 / max |
                |---|---:|---:|---:|---:|---:|
                """
                        .formatted(runs, seed));
        classes.forEach((name, costs) -> page.append(row(name, costs)));
        page.append(
                """

                *Drained* is the share that became quiet before its event began or ended. \
                Half-way through a run the world calms down, so that everything ends. \
                *made up*: an agent lied.
                """);
        page.append(drawn());
        page.append(tolerances());
        return page.toString();
    }

    /** What the other half of the runs differs in. */
    private static String drawn() {
        return """

        A drawn policy says, for everything and by rules for some types and expected lengths: \
        `action`, `start`, `lead`, `longest-drain`, `margin`, `quiet`, `remaining`, `approve`, \
        `at-deadline`, `below-minimum`, `unmanaged`, `wait-without-agent`, \
        `approve-without-agent`, `without-agent`, `healthy`, `return-within` and \
        `ignore-freezes-up-to`; and for all pools or one: `minimum`, `most-out`, \
        `domain-together`, `strategy` and `allow-outbound-loss`. There operators approve \
        events now and then, VMs have update domains and events expected lengths, and some \
        runs revise their policy meanwhile, or hear nothing of the load balancer's health \
        for a while. Each rule is judged by the terms in force.
        """;
    }

    /** How late Ebb may be, so that a reader knows what no run can find. */
    private static String tolerances() {
        return """

        Ebb is judged by the world's truth, which it cannot know at once. The rule book \
        forgives what rests on knowledge of a bounded age, and nothing older: %d s for \
        what agents, probes and health say and for what other people have just done to \
        a pool; %d s for a member that others took out while a turn was being written; \
        %d s, a lease, for a write that was planned before an event was known. A policy \
        that was revised may be followed for %d s, and where health is not answered \
        membership counts. An agent \
        that was started anew counts as unheard for %d s, or until %d s after its first \
        report was taken. An operator's word may be followed for %d s after it ended, \
        and a hold or a cancellation binds from %d s after it was said. A member that \
        others have put back %d times is left to them.
        """
                .formatted(
                        seconds(Rulebook.STALE),
                        seconds(Rulebook.LOOK),
                        seconds(Rulebook.LEASE),
                        seconds(Operators.HEARD),
                        seconds(Machine.UNHEARD),
                        seconds(Machine.WITHDRAWING),
                        seconds(Operators.ECHO),
                        seconds(Operators.HEARD),
                        Rulebook.REASSERTED);
    }

    private static long seconds(long millis) {
        return Duration.ofMillis(millis).toSeconds();
    }

    private static String row(String name, List<Tally.Cost> costs) {
        var drained = costs.stream().filter(Tally.Cost::drained).count();
        return "| %s | %d | %d %% | %s | %s | %s |\n"
                .formatted(
                        name,
                        costs.size(),
                        100 * drained / costs.size(),
                        quantiles(costs, Tally.Cost::out, 50, 95, 99, 100),
                        quantiles(costs, Tally.Cost::reads, 50, 95, 100),
                        quantiles(costs, Tally.Cost::writes, 50, 95, 100));
    }

    private static String quantiles(
            List<Tally.Cost> costs, ToLongFunction<Tally.Cost> what, int... percents) {
        var sorted = costs.stream().mapToLong(what).sorted().toArray();
        var words = new ArrayList<String>();
        for (var percent : percents) {
            var index = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
            words.add(String.valueOf(sorted[Math.max(0, index)]));
        }
        return String.join(" / ", words);
    }

    /** Writes it to {@code target}, and to {@code docs} where those pages are refreshed. */
    void write(long seed, Rate rate) throws IOException {
        var page = page(seed) + "\n" + rate + "\n";
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "simulation.md"), page);
        if (Boolean.getBoolean("ebb.docs")) {
            Files.writeString(Path.of("..", "docs", "simulation.md"), page);
        }
    }
}
