package io.ebb.demo.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ebb's orchestrator in a process of its own, enforcing on the simulator. */
public final class Orchestrator {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String MAIN = "io.ebb.orchestrator.Main";
    private static final String READY = "orchestrator ready";

    private final House house;
    private final Children children;
    private final Replica replica;
    private final Path folder;
    private final Map<String, String> environment;
    private volatile String join = "";
    private volatile Child child;
    private int starts = 1;

    private Orchestrator(
            House house,
            Children children,
            Replica replica,
            Site site,
            Path arm,
            Pace pace,
            Map<String, String> settings) {
        this.house = house;
        this.children = children;
        this.replica = replica;
        this.folder = house.fresh(replica.name());
        this.environment = environment(site, folder, arm, pace);
        this.environment.put("EBB_PORT", String.valueOf(replica.port()));
        this.environment.putAll(settings);
        this.child = launch();
    }

    /** Starts one with an empty ledger and waits until it serves. */
    public static Orchestrator start(
            House house, Children children, Site site, Simulator simulator, Pace pace) {
        return start(house, children, site, simulator, pace, Map.of());
    }

    /**
     * The same with other settings than {@code EBB_MODE=enforce} and the like.
     *
     * @param settings environment variables
     */
    public static Orchestrator start(
            House house,
            Children children,
            Site site,
            Simulator simulator,
            Pace pace,
            Map<String, String> settings) {
        return start(house, children, Replica.only(site), site, simulator, pace, settings);
    }

    /**
     * The same, as one of several.
     *
     * @param settings environment variables
     */
    public static Orchestrator start(
            House house,
            Children children,
            Replica replica,
            Site site,
            Simulator simulator,
            Pace pace,
            Map<String, String> settings) {
        var orchestrator =
                new Orchestrator(
                        house, children, replica, site, simulator.certificate(), pace, settings);
        orchestrator.awaitReady();
        return orchestrator;
    }

    /**
     * What a command prints, with its exit status. It needs no orchestrator that runs.
     *
     * @param status 0: nothing hinders
     */
    public record Checked(int status, String output) {}

    /** Runs {@code check} with the settings of an orchestrator, but without starting one. */
    public static Checked check(House house, Children children, Site site, Simulator simulator) {
        var folder = house.fresh("check");
        var log = folder.resolve("check.log");
        var check =
                children.start(
                        "check",
                        house.java("orchestrator", 128, "check"),
                        environment(site, folder, simulator.certificate(), Pace.REAL),
                        log);
        int status = check.await(PATIENCE);
        children.stop(check);
        try {
            return new Checked(status, Files.readString(log));
        } catch (IOException e) {
            throw new FleetException("checking: " + e.getMessage(), e);
        }
    }

    /** The base address of its API. */
    public String url() {
        return "https://127.0.0.1:" + replica.port();
    }

    /** The operator's token that it made at its first start. */
    public String token() {
        try {
            return Files.readString(folder.resolve("data/operator.token")).strip();
        } catch (IOException e) {
            throw new FleetException("reading the operator's token: " + e.getMessage(), e);
        }
    }

    /** Makes the line with which the agent of a VM joins. */
    public String enroll(String vm) {
        return enroll(List.of(vm)).getFirst();
    }

    /**
     * What another one must be told to serve with the same certificate, as agents pin it.
     *
     * @return environment variables
     */
    public Map<String, String> sharedCertificate() {
        var data = folder.resolve("data");
        try {
            return Map.of(
                    "EBB_TLS_KEY_STORE", data.resolve("server.p12").toString(),
                    "EBB_TLS_KEY_STORE_PASSWORD",
                            Files.readString(data.resolve("server.p12.password")).strip());
        } catch (IOException e) {
            throw new FleetException("reading the key store's password: " + e.getMessage(), e);
        }
    }

    /** Makes the lines with which the agents of these VMs join, in their order. */
    public List<String> enroll(List<String> vms) {
        var log = folder.resolve("enroll-" + String.join("-", vms) + ".log");
        var words = new ArrayList<>(List.of("enroll", "--url", url()));
        words.addAll(vms);
        var command = house.java("orchestrator", 128, words.toArray(String[]::new));
        try {
            // Output is appended; lines from before are void.
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new FleetException("enrolling %s: %s".formatted(vms, e.getMessage()), e);
        }
        var enroll = children.start("enroll", command, environment, log);
        enroll.await(PATIENCE);
        try {
            var lines =
                    Files.readAllLines(log).stream()
                            .filter(line -> line.startsWith("EBB_JOIN="))
                            .map(line -> line.substring("EBB_JOIN=".length()))
                            .toList();
            if (lines.size() != vms.size()) {
                throw new FleetException("enrolling %s: see %s".formatted(vms, log));
            }
            join = lines.getFirst();
            return lines;
        } catch (IOException e) {
            throw new FleetException("enrolling %s: %s".formatted(vms, e.getMessage()), e);
        } finally {
            children.stop(enroll);
        }
    }

    /** Its API, as an operator. At least one VM must be enrolled: that tells its certificate. */
    public OperatorApi api() {
        return apiAt(url());
    }

    /** The same of another replica, which serves with the same certificate. */
    public OperatorApi apiAt(String url) {
        var fingerprint = join.replaceAll(".*#([0-9A-Fa-f]+)\\..*", "$1");
        return new OperatorApi(Rest.pinned(url, Pin.of(fingerprint), token()));
    }

    /** Loses its database, and nothing else of its data folder; it must not be running. */
    public void loseLedger() {
        try (var files = Files.list(folder.resolve("data"))) {
            for (var file : files.toList()) {
                if (file.getFileName().toString().startsWith("ledger.")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new FleetException("deleting the ledger: " + e.getMessage(), e);
        }
    }

    /** Runs {@code recover} with this orchestrator's settings. */
    public Checked recover(String... words) {
        var log = folder.resolve("recover.log");
        var command = new ArrayList<>(List.of("recover"));
        command.addAll(List.of(words));
        var recover =
                children.start(
                        "recover",
                        house.java("orchestrator", 128, command.toArray(String[]::new)),
                        environment,
                        log);
        int status = recover.await(PATIENCE);
        children.stop(recover);
        try {
            var printed = Files.readString(log);
            Files.delete(log);
            return new Checked(status, printed);
        } catch (IOException e) {
            throw new FleetException("recovering: " + e.getMessage(), e);
        }
    }

    /** Ends it with SIGKILL, in the middle of whatever it does, and starts it again at once. */
    public void killAndStart() {
        kill();
        startAgain();
    }

    /** All that it has printed since its first start. */
    public String printed() {
        try {
            return Files.readString(child.log());
        } catch (IOException e) {
            throw new FleetException("reading " + child.log() + ": " + e.getMessage(), e);
        }
    }

    /** Ends it with SIGKILL, in the middle of whatever it does. */
    public void kill() {
        child.kill();
        children.stop(child);
    }

    /** Whether its process runs. */
    public boolean runs() {
        return child.runs();
    }

    /** The process that runs now, or ran last. */
    public long pid() {
        return child.pid();
    }

    /** Starts it with what it has stored, if it has ended. */
    public void startAgain() {
        children.stop(child);
        starts++;
        child = launch();
    }

    /** Ends it. */
    public void stop() {
        children.stop(child);
    }

    /** Ends it when it takes longer than usual; it is killed only after this time. */
    public void stop(Duration patience) {
        child.stop(patience);
        children.stop(child);
    }

    /** Waits until it serves. */
    public void awaitReady() {
        boolean ready =
                Await.until(
                        PATIENCE,
                        () -> {
                            child.check();
                            return count(READY) >= starts;
                        });
        if (!ready) {
            throw new FleetException("the orchestrator does not serve: see " + child.log());
        }
    }

    private long count(String text) {
        try {
            return Files.readAllLines(child.log()).stream()
                    .filter(line -> line.contains(text))
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    private Child launch() {
        var command =
                new ArrayList<>(
                        replica.ahead().isEmpty()
                                ? house.java("orchestrator", 256)
                                : house.java("orchestrator", 256, replica.ahead(), MAIN));
        command.addAll(1, replica.options());
        return children.start(
                "orchestrator", command, environment, folder.resolve("orchestrator.log"));
    }

    private static Map<String, String> environment(Site site, Path folder, Path arm, Pace pace) {
        var environment = new HashMap<String, String>();
        environment.put("EBB_HOST", "127.0.0.1");
        environment.put("EBB_PORT", String.valueOf(site.orchestratorPort()));
        environment.put("EBB_DATA", folder.resolve("data").toString());
        environment.put("EBB_MODE", "enforce");
        environment.put("EBB_POLICY_QUIET", pace.quiet);
        environment.put("EBB_AZURE_HEALTH_AGE", pace.healthAge);
        environment.put("EBB_AZURE_SUBSCRIPTION", "11111111-2222-3333-4444-555555555555");
        environment.put("EBB_AZURE_RESOURCE_GROUPS", "rg");
        environment.put("EBB_AZURE_ENDPOINT", "https://127.0.0.1:" + site.armPort());
        environment.put("EBB_AZURE_AUTHORITY", "https://127.0.0.1:" + site.armPort());
        environment.put("EBB_AZURE_CA_FILE", arm.toString());
        environment.put("AZURE_TENANT_ID", "66666666-7777-8888-9999-000000000000");
        environment.put("AZURE_CLIENT_ID", "77777777-8888-9999-0000-111111111111");
        environment.put("AZURE_CLIENT_SECRET", "simulated");
        return environment;
    }
}
