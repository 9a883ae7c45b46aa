package io.ebb.simulator.balancer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.ebb.simulator.arm.Condition;
import io.ebb.simulator.arm.Resources;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.LoadBalancer.Protocol;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A running load balancer with a backend and a probe endpoint for each of three machines. */
final class BalancerWorld implements AutoCloseable {
    static final List<String> ADDRESSES = List.of("127.0.3.1", "127.0.3.2", "127.0.3.3");

    private final List<EchoBackend> backends = new ArrayList<>();
    private final List<HttpServer> probes = new ArrayList<>();
    final Map<String, AtomicInteger> health = new HashMap<>();
    private final Record record = new Record(InstantSource.system());
    final Scenario scenario;
    final Resources resources;
    final Balancer balancer;

    BalancerWorld(String flowsOnRemoval) throws IOException {
        this(flowsOnRemoval, Protocol.Tcp);
    }

    /** Where the rule carries all, clients ask for the port that the backends listen on. */
    BalancerWorld(String flowsOnRemoval, Protocol protocol) throws IOException {
        int port = 0;
        int probePort = 0;
        for (var address : ADDRESSES) {
            var backend = new EchoBackend(address, port);
            port = backend.port();
            backends.add(backend);
            var probe = HttpServer.create(new InetSocketAddress(address, probePort), 16);
            probePort = probe.getAddress().getPort();
            var status = new AtomicInteger(200);
            health.put(address, status);
            probe.createContext(
                    "/healthz",
                    exchange -> {
                        exchange.sendResponseHeaders(status.get(), -1);
                        exchange.close();
                    });
            probe.start();
            probes.add(probe);
        }
        scenario =
                ScenarioReader.read(
                        """
                        addresses: { guestPort: %d }
                        vms:
                          - { name: web-0, address: 127.0.3.1 }
                          - { name: web-1, address: 127.0.3.2 }
                          - { name: web-2, address: 127.0.3.3 }
                        loadBalancer:
                          frontend: 127.0.0.1:%d
                          protocol: %s
                          flowsOnRemoval: %s
                          probe: { port: %d, interval: 50ms, threshold: 1 }
                        """
                                .formatted(
                                        port,
                                        protocol == Protocol.All ? port : 0,
                                        protocol,
                                        flowsOnRemoval,
                                        probePort));
        resources = new Resources(scenario);
        balancer = new Balancer(scenario, resources, record, InstantSource.system());
    }

    void up() {
        balancer.start();
        Condition.await(
                "all in rotation",
                () -> scenario.vms().stream().allMatch(vm -> inRotation(vm.name())));
    }

    boolean inRotation(String vm) {
        var last = kinds(vm).stream().filter(k -> k.endsWith("Rotation")).reduce((_, b) -> b);
        return last.filter(k -> k.equals("inRotation")).isPresent();
    }

    List<String> kinds(String vm) {
        return record.after(0).stream()
                .filter(e -> e.subject().equals(vm))
                .map(Record.Entry::kind)
                .toList();
    }

    MemberState member(String vm) {
        return balancer.members().stream().filter(m -> m.vm().equals(vm)).findFirst().orElseThrow();
    }

    int openFlows() {
        return balancer.members().stream().mapToInt(MemberState::openFlows).sum();
    }

    AtomicInteger health(String address) {
        return Objects.requireNonNull(health.get(address));
    }

    Map<String, String> map() throws IOException {
        var map = new HashMap<String, String>();
        for (int i = 1; i <= 40; i++) {
            map.put("127.0.4." + i, backendOf("127.0.4." + i));
        }
        return map;
    }

    String backendOf(String source) throws IOException {
        try (var client = new Client(source, balancer.address())) {
            return client.backend();
        }
    }

    /** An established flow to this backend. */
    Client clientOf(String backend) throws IOException {
        for (int i = 1; i <= 100; i++) {
            var client = new Client("127.0.4." + i, balancer.address());
            if (client.backend().equals(backend)) {
                return client;
            }
            client.close();
        }
        throw new AssertionError("no client of " + backend);
    }

    void remove(String vm) {
        var nic = nic(vm);
        pools(nic).removeAll();
        resources.replace(nic);
    }

    void add(String vm) {
        var nic = nic(vm);
        pools(nic).addObject().put("id", poolId());
        resources.replace(nic);
    }

    ObjectNode nic(String vm) {
        var id = "/providers/Microsoft.Network/networkInterfaces/" + vm + "-nic";
        return resources.get(scenario.groupId() + id).orElseThrow();
    }

    static ArrayNode pools(ObjectNode nic) {
        return ((ObjectNode) nic.at("/properties/ipConfigurations/0/properties"))
                .withArrayProperty("loadBalancerBackendAddressPools");
    }

    ObjectNode balancerTree() {
        return resources
                .get(scenario.groupId() + "/providers/Microsoft.Network/loadBalancers/lb")
                .orElseThrow();
    }

    String poolId() {
        return scenario.groupId()
                + "/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/web";
    }

    @Override
    public void close() throws IOException {
        balancer.close();
        for (var backend : backends) {
            backend.close();
        }
        probes.forEach(probe -> probe.stop(0));
    }
}
