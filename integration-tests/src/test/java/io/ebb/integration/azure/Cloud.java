package io.ebb.integration.azure;

import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.azure.Acknowledgement;
import io.ebb.orchestrator.azure.ArmConnection;
import io.ebb.orchestrator.azure.AzureInventory;
import io.ebb.orchestrator.azure.AzureSettings;
import io.ebb.orchestrator.azure.NicPools;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.simulator.arm.ArmServer;
import io.ebb.simulator.arm.Fleet;
import io.ebb.simulator.arm.Membership;
import io.ebb.simulator.arm.Resources;
import io.ebb.simulator.arm.RuleHealth;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Machine;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Provisioner;
import io.ebb.simulator.maintenance.UserOperations;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The simulator's ARM with quick operations, and the driver pointed at it. */
final class Cloud implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private static final String QUICK =
            "{ nicPut: 20ms, poolPut: 20ms, operation: 400ms, retryAfter: 1s }";

    /** How old a verdict may be. */
    static final Duration AGE = Duration.ofSeconds(10);

    final Scenario scenario;
    final Resources resources;
    final Faults faults = new Faults();
    final Hands clock = new Hands();
    final List<ArmServer.Sent> sent = new CopyOnWriteArrayList<>();

    /** Verdicts of the load balancer by machine; up where nothing else is said. */
    final Map<String, RuleHealth.Verdict> verdicts = new ConcurrentHashMap<>();

    /** Whether machines run, by name; ARM says nothing of those that are not here. */
    final Map<String, Power> powers = new ConcurrentHashMap<>();

    final ArmServer server;
    final AzureInventory inventory;
    final NicPools pools;
    final Acknowledgement acknowledgement;

    /** Events that are announced. */
    final Set<String> events = ConcurrentHashMap.newKeySet();

    /** What was approved, and by whom. */
    final List<String> approved = new CopyOnWriteArrayList<>();

    private final Path certificate;

    Cloud(Path folder) throws IOException {
        this(folder, "", "", true, QUICK, Duration.ofSeconds(10));
    }

    Cloud(Path folder, String more, String tag, boolean tags) throws IOException {
        this(folder, more, tag, tags, QUICK, Duration.ofSeconds(10));
    }

    /**
     * Starts it.
     *
     * @param more lines of the scenario
     * @param tag what VMs to look after; empty: the scenario's resource group
     */
    Cloud(
            Path folder,
            String more,
            String tag,
            boolean tags,
            String timings,
            Duration requestTimeout)
            throws IOException {
        certificate = folder.resolve("arm.pem");
        scenario =
                ScenarioReader.read(
                        """
                        addresses: { arm: "127.0.0.1:0" }
                        certificate: %s
                        timings: %s
                        %s
                        """
                                .formatted(certificate, timings, more));
        resources = new Resources(scenario);
        server =
                new ArmServer(
                        scenario,
                        resources,
                        new Fleet(
                                name -> Optional.ofNullable(powers.get(name)).map(Cloud::machine),
                                Provisioner.NONE,
                                new NobodyOperates(),
                                this::approve,
                                member ->
                                        verdicts.getOrDefault(
                                                member.vm(),
                                                new RuleHealth.Verdict(true, "Up_Probe_Success"))),
                        faults,
                        new Record(InstantSource.system()),
                        InstantSource.system());
        server.onWrite(sent::add);
        server.start();
        var settings =
                new AzureSettings(
                        scenario.subscription(),
                        tag.isEmpty() ? List.of(scenario.resourceGroup()) : List.of(),
                        tag,
                        URI.create(server.url()),
                        URI.create(server.url()),
                        certificate,
                        tags,
                        true,
                        requestTimeout,
                        Duration.ofSeconds(40),
                        AGE);
        var arm = ArmConnection.open(settings, environment(), InstantSource.system());
        inventory = new AzureInventory(arm, settings);
        pools = new NicPools(arm, settings, inventory, clock);
        acknowledgement = new Acknowledgement(arm, settings);
    }

    private boolean approve(String event, Collection<String> of, String by) {
        return !of.isEmpty() && events.contains(event) && approved.add(event + " by " + by);
    }

    /** What a process with a client's secret in its environment has. */
    private Configuration environment() {
        return new ConfigurationBuilder()
                .putProperty("AZURE_TENANT_ID", scenario.tenant())
                .putProperty("AZURE_CLIENT_ID", "99999999-0000-0000-0000-000000000001")
                .putProperty("AZURE_CLIENT_SECRET", "secret")
                .build();
    }

    private static Machine machine(Power power) {
        return new Machine() {
            @Override
            public String name() {
                return "";
            }

            @Override
            public Power power() {
                return power;
            }
        };
    }

    Path certificate() {
        return certificate;
    }

    KnownVm vm(String name) {
        return inventory.read().vms().stream()
                .filter(vm -> vm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** One VM's interface as the driver reads it. */
    Resource look(String vm) {
        return pools.read(List.of(vm(vm))).resources().getFirst();
    }

    static List<Change> leave(List<Place> places) {
        return places.stream()
                .<Change>map(place -> new Change.Leave(place.id(), place.saved()))
                .toList();
    }

    static List<Change> join(List<Place> places) {
        return places.stream()
                .<Change>map(place -> new Change.Join(place.id(), place.saved()))
                .toList();
    }

    String network(String rest) {
        return scenario.groupId() + "/providers/Microsoft.Network/" + rest;
    }

    ObjectNode nic(String vm) {
        return tree(network("networkInterfaces/" + vm + "-nic"));
    }

    ObjectNode tree(String id) {
        return resources.get(id).orElseThrow();
    }

    /** Whether the data plane has the machine in a pool. */
    boolean inEffect(String vm) {
        return resources.inEffect().stream().map(Membership::vm).anyMatch(vm::equals);
    }

    /** Bodies of the PUTs so far. */
    List<JsonNode> puts() {
        return sent.stream()
                .filter(write -> write.method().equals("PUT"))
                .map(write -> parse(write.body()))
                .toList();
    }

    /** Etags and progress change with every write; everything else is content. */
    static JsonNode content(JsonNode tree) {
        var copy = tree.deepCopy();
        strip(copy);
        return copy;
    }

    static ArrayNode poolsOf(JsonNode nic, int ipConfig) {
        return (ArrayNode)
                nic.at("/properties/ipConfigurations/" + ipConfig)
                        .at("/properties/loadBalancerBackendAddressPools");
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void strip(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.remove(List.of("etag", "provisioningState"));
        }
        tree.forEach(Cloud::strip);
    }

    @Override
    public void close() {
        server.close();
    }

    /** A clock that is set by hand. */
    static final class Hands implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-21T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration time) {
            now = now.plus(time);
        }
    }

    /** Nothing here restarts a machine. */
    private static final class NobodyOperates implements UserOperations {
        @Override
        public void restart(String vm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void redeploy(String vm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void simulateEviction(String vm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deallocate(String vm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(String vm) {
            throw new UnsupportedOperationException();
        }
    }
}
