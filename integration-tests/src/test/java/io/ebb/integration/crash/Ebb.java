package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Replica;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.integration.scenario.Grounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A simulated Azure, agents, and one or two orchestrators that fall into a trap.
 *
 * @param replicas the first one made the certificate and the operator's token
 */
record Ebb(Simulator simulator, List<Orchestrator> replicas, Trap trap) {
    /** Whether so many processes are started that making their starts shorter is worth it. */
    private static final boolean MANY = Boolean.getBoolean("ebb.full");

    private static final List<String> QUICK_AGENTS =
            List.of(
                    "--poll=100ms",
                    "--count-every=200ms",
                    "--health-every=200ms",
                    "--report=200ms");

    Ebb {
        replicas = List.copyOf(replicas);
    }

    /** One orchestrator with the embedded store. */
    static Ebb onH2(Grounds grounds, Map<String, String> settings) {
        var start = Start.on(grounds, settings);
        var only = start.replica(Replica.only(grounds.site()), Map.of());
        return start.withAgents(List.of(only));
    }

    /**
     * Two orchestrators on one database. The agents of some VMs report to one at first, the others
     * to the other; who gets no answer goes to the other one.
     *
     * @param database where the ledger is, as environment variables
     */
    static Ebb onPostgres(
            Grounds grounds, Map<String, String> database, Map<String, String> settings) {
        var start = Start.on(grounds, settings);
        var site = grounds.site();
        var first = start.replica(Replica.only(site), database);
        var shared = new HashMap<>(database);
        shared.putAll(first.sharedCertificate());
        var second = start.replica(new Replica("standby", site.standbyPort()), shared);
        return start.withAgents(List.of(first, second));
    }

    /** The one that is this process. */
    Orchestrator of(long pid) {
        return replicas.stream().filter(one -> one.pid() == pid).findFirst().orElseThrow();
    }

    /** The one that has told of a drain last. */
    Orchestrator planner() {
        return replicas.stream().max(comparing(Ebb::lastTold)).orElseThrow();
    }

    private static String lastTold(Orchestrator replica) {
        return replica.printed()
                .lines()
                .filter(line -> line.contains(" timeline: "))
                .reduce("", (_, later) -> later);
    }

    /** Another one than this; this one where it is the only one. */
    Orchestrator other(Orchestrator replica) {
        return replicas.stream()
                .filter(other -> !other.equals(replica))
                .findFirst()
                .orElse(replica);
    }

    /** Starts a process again that is being killed; gives the time of its end. */
    Instant startAgain(long pid) {
        var process = ProcessHandle.of(pid);
        soon("it is killed", () -> process.map(p -> !p.isAlive()).orElse(true));
        var killed = Instant.now();
        of(pid).startAgain();
        return killed;
    }

    /** Starts those again that do not run. */
    void startFallen() {
        replicas.stream().filter(one -> !one.runs()).forEach(Orchestrator::startAgain);
    }

    /** Waits until the others than this process serve. */
    void awaitOthers(long pid) {
        var others = replicas.stream().filter(one -> one.pid() != pid).toList();
        soon("the others serve", () -> others.stream().allMatch(this::isQuiet));
    }

    /** Wakes a process that was stopped. */
    void carryOn(long pid) {
        try {
            var status =
                    new ProcessBuilder("kill", "-CONT", String.valueOf(pid))
                            .inheritIO()
                            .start()
                            .waitFor();
            assertThat(status).as("waking %d", pid).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whether an operator of this replica sees no open drain. Silence does not say so. */
    boolean isQuiet(Orchestrator replica) {
        var api = replicas.getFirst().apiAt(replica.url());
        return api.answers()
                && api.drains().stream().allMatch(drain -> drain.path("closedAt").isTextual());
    }

    private record Start(
            Grounds grounds,
            Simulator simulator,
            Trap trap,
            Map<String, String> settings,
            List<Path> ahead,
            List<String> options) {
        static Start on(Grounds grounds, Map<String, String> settings) {
            var simulator =
                    Simulator.start(
                            grounds.house(),
                            grounds.children(),
                            grounds.site(),
                            "fleet",
                            true,
                            false,
                            Pace.BRISK);
            var scratch = grounds.house().scratch();
            var trap = Trap.in(scratch.resolve("trap"));
            var root = grounds.house().root();
            var ahead = new ArrayList<Path>();
            ahead.add(root.resolve("integration-tests/target/ebb-demo-crash.jar"));
            if (!MANY) {
                return new Start(grounds, simulator, trap, settings, ahead, List.of());
            }
            var cache = new StartCache(scratch.resolve("orchestrator.aot"));
            ahead.addAll(
                    Unsigned.copies(
                            root.resolve("orchestrator/target/lib"), scratch.resolve("lib")));
            var training = new Start(grounds, simulator, trap, settings, ahead, cache.making());
            cache.make(
                    training.replica(
                            new Replica("training", grounds.site().standbyPort()), Map.of()));
            return new Start(grounds, simulator, trap, settings, ahead, cache.using());
        }

        Orchestrator replica(Replica replica, Map<String, String> own) {
            var all = new HashMap<>(settings);
            all.putAll(own);
            all.put("EBB_CRASH_FOLDER", trap.folder().toString());
            all.put("EBB_POLICY_HEALTHY", "1");
            all.put("EBB_READING_AGE", "1s");
            return Orchestrator.start(
                    grounds.house(),
                    grounds.children(),
                    replica.behind(ahead).with(options),
                    grounds.site(),
                    simulator,
                    Pace.BRISK,
                    all);
        }

        Ebb withAgents(List<Orchestrator> replicas) {
            var fleet = new Fleet(simulator, replicas.getFirst());
            var joins = replicas.getFirst().enroll(Site.VMS);
            for (int i = 0; i < joins.size(); i++) {
                fleet.install(
                        grounds.house(),
                        grounds.site(),
                        Site.VMS.get(i),
                        addresses(replicas, i) + joins.get(i).replaceFirst("^[^#]+", ""),
                        QUICK_AGENTS);
            }
            simulator.awaitRotation();
            return new Ebb(simulator, replicas, trap);
        }

        /** All replicas, and another one first for each agent. */
        private static String addresses(List<Orchestrator> replicas, int first) {
            var turned = new ArrayList<>(replicas);
            Collections.rotate(turned, first);
            return turned.stream().map(Orchestrator::url).collect(Collectors.joining(","));
        }
    }
}
