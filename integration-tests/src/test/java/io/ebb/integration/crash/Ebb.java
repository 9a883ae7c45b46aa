package io.ebb.integration.crash;

import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Replica;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.integration.scenario.Grounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A simulated Azure, agents, and one or two orchestrators that fall into a trap.
 *
 * @param replicas the first one made the certificate and the operator's token
 */
record Ebb(Simulator simulator, List<Orchestrator> replicas, Trap trap) {
    private static final List<String> QUICK_AGENTS =
            List.of("--poll", "200ms", "--health-every", "200ms", "--report", "300ms");

    Ebb {
        replicas = List.copyOf(replicas);
    }

    /** One orchestrator with the embedded store. */
    static Ebb onH2(Grounds grounds, Map<String, String> settings) {
        var start = new Start(grounds, settings);
        var only = start.replica(Replica.only(grounds.site()), Map.of());
        return start.withAgents(List.of(only));
    }

    /**
     * Two orchestrators on one database. The agents of some VMs report to one, the others to the
     * other.
     *
     * @param database where the ledger is, as environment variables
     */
    static Ebb onPostgres(
            Grounds grounds, Map<String, String> database, Map<String, String> settings) {
        var start = new Start(grounds, settings);
        var site = grounds.site();
        var first = start.replica(Replica.only(site), database);
        var shared = new HashMap<>(database);
        shared.putAll(first.sharedCertificate());
        var second = start.replica(new Replica("standby", site.standbyPort(), List.of()), shared);
        return start.withAgents(List.of(first, second));
    }

    /** The one that is this process. */
    Orchestrator of(long pid) {
        return replicas.stream().filter(one -> one.pid() == pid).findFirst().orElseThrow();
    }

    /** Whether an operator sees no open drain. Silence does not say so. */
    boolean isQuiet() {
        var api = replicas.getFirst().api();
        return api.answers()
                && api.drains().stream().allMatch(drain -> drain.path("closedAt").isTextual());
    }

    private record Start(Grounds grounds, Simulator simulator, Trap trap, Map<String, String> all) {
        Start(Grounds grounds, Map<String, String> settings) {
            this(
                    grounds,
                    Simulator.start(
                            grounds.house(),
                            grounds.children(),
                            grounds.site(),
                            "fleet",
                            true,
                            false,
                            Pace.BRISK),
                    Trap.in(grounds.house().scratch().resolve("trap")),
                    settings);
        }

        Orchestrator replica(Replica replica, Map<String, String> own) {
            var settings = new HashMap<>(all);
            settings.putAll(own);
            settings.put("EBB_CRASH_FOLDER", trap.folder().toString());
            settings.put("EBB_POLICY_HEALTHY", "1");
            settings.put("EBB_READING_AGE", "1s");
            return Orchestrator.start(
                    grounds.house(),
                    grounds.children(),
                    new Replica(replica.name(), replica.port(), List.of(points())),
                    grounds.site(),
                    simulator,
                    Pace.BRISK,
                    settings);
        }

        Ebb withAgents(List<Orchestrator> replicas) {
            var fleet = new Fleet(simulator, replicas.getFirst());
            var byReplica = new ArrayList<List<String>>();
            replicas.forEach(_ -> byReplica.add(new ArrayList<>()));
            for (int i = 0; i < Site.VMS.size(); i++) {
                byReplica.get(i % replicas.size()).add(Site.VMS.get(i));
            }
            for (int r = 0; r < replicas.size(); r++) {
                var vms = byReplica.get(r);
                var joins = replicas.getFirst().enroll(vms, replicas.get(r).url());
                for (int i = 0; i < vms.size(); i++) {
                    fleet.install(
                            grounds.house(),
                            grounds.site(),
                            vms.get(i),
                            joins.get(i),
                            QUICK_AGENTS);
                }
            }
            simulator.awaitRotation();
            return new Ebb(simulator, replicas, trap);
        }

        private Path points() {
            return grounds.house().root().resolve("integration-tests/target/ebb-demo-crash.jar");
        }
    }
}
