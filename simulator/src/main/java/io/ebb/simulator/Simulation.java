package io.ebb.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.ControlApi;
import io.ebb.simulator.control.ControlServer;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.guest.Guest;
import io.ebb.simulator.machine.Fleet;
import io.ebb.simulator.machine.Launcher;
import io.ebb.simulator.machine.Machine;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.maintenance.Clockwork;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.maintenance.HostAgent;
import io.ebb.simulator.metadata.MetadataServer;
import io.ebb.simulator.scenario.Scenario;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Everything of one scenario, wired and running. Closing it stops all that it started. */
public final class Simulation implements AutoCloseable {
    private final Scenario scenario;
    private final Path workDirectory;
    private final Fleet fleet;
    private final ControlServer control;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /**
     * Starts everything.
     *
     * @param launcher starts the processes of the machines
     * @throws IOException if an address is taken or the work directory cannot be written
     */
    public Simulation(Scenario scenario, Launcher launcher, InstantSource time) throws IOException {
        this.scenario = scenario;
        this.workDirectory = workDirectory(scenario);
        var record = new Record(time);
        var faults = new Faults();
        this.fleet = fleet(launcher, record);
        var repositories = repositories();
        var controller =
                new Controller(place(repositories), repositories, scenario.timings(), record, time);
        try {
            parts.push(this::stopMachines);
            for (var machine : fleet.all()) {
                machine.powerOn(Duration.ZERO);
                parts.push(
                        new MetadataServer(
                                scenario,
                                machine,
                                scenario.addresses().metadataPort(),
                                repositories.getOrDefault(machine, repository("")),
                                controller,
                                faults,
                                time));
            }
            parts.push(new Clockwork(controller, time));
            var api = new ControlApi(fleet, controller, record, faults, time, this::pools);
            control = new ControlServer(api, scenario.addresses().control().socketAddress());
            parts.push(control);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where the control API listens. */
    public InetSocketAddress controlAddress() {
        return control.address();
    }

    /**
     * Waits until every machine's backend program takes connections.
     *
     * @throws IOException if one does not within 30 seconds
     */
    public void awaitGuests() throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        for (var vm : scenario.vms()) {
            while (!listens(vm.address(), scenario.addresses().guestPort())) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "the backend program of %s does not listen, see %s"
                                    .formatted(vm.name(), workDirectory.resolve(vm.name())));
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    /** The machines. */
    public Fleet fleet() {
        return fleet;
    }

    /** The line that tells whoever started this that everything is there. */
    public String readyLine() {
        var addresses = scenario.addresses();
        return "simulator ready: control http://%s arm https://%s frontend %s"
                .formatted(
                        addresses.control(), addresses.arm(), scenario.loadBalancer().frontend());
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.getLogger(Simulation.class.getName())
                        .log(System.Logger.Level.WARNING, "stopping", e);
            }
        }
    }

    private static boolean listens(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private ObjectNode pools() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("value");
        return json;
    }

    private void powerChanged(Machine machine, Power power) {}

    private void stopMachines() {
        fleet.all().forEach(machine -> machine.stop(Power.DEALLOCATED));
    }

    private Fleet fleet(Launcher launcher, Record record) {
        var machines = new ArrayList<VirtualMachine>();
        for (var vm : scenario.vms()) {
            machines.add(
                    new VirtualMachine(
                            vm,
                            workDirectory.resolve(vm.name()),
                            guest(),
                            scenario.addresses().metadataPort(),
                            launcher,
                            this::powerChanged,
                            record));
        }
        return new Fleet(machines);
    }

    /** The backend program is a class of this jar, in a small process of its own. */
    private Program guest() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator));
        return new Program(
                List.of(
                        java,
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Guest.class.getName(),
                        "{name}",
                        "{address}",
                        Integer.toString(scenario.addresses().guestPort())),
                Map.of());
    }

    private Map<VirtualMachine, EventRepository> repositories() {
        var byScope = new HashMap<String, EventRepository>();
        var byMachine = new LinkedHashMap<VirtualMachine, EventRepository>();
        for (var machine : fleet.all()) {
            var scope = scenario.availabilitySet().orElse(machine.name());
            byMachine.put(machine, byScope.computeIfAbsent(scope, this::repository));
        }
        return byMachine;
    }

    private EventRepository repository(String scope) {
        return new EventRepository(scope, scenario.timings().firstMetadataAnswer());
    }

    /** One node for each machine, and a spare one that a redeploy can move to. */
    private static List<HostAgent> place(Map<VirtualMachine, EventRepository> repositories) {
        var hosts = new ArrayList<HostAgent>();
        repositories.forEach((machine, repository) -> {
            var host = new HostAgent("node-" + hosts.size());
            host.place(machine, repository);
            hosts.add(host);
        });
        hosts.add(new HostAgent("node-" + hosts.size()));
        return hosts;
    }

    private static Path workDirectory(Scenario scenario) throws IOException {
        if (scenario.workDirectory().isPresent()) {
            return Files.createDirectories(scenario.workDirectory().get()).toAbsolutePath();
        }
        return Files.createTempDirectory("ebb-simulator-");
    }
}
