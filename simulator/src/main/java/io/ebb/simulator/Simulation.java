package io.ebb.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.arm.ArmServer;
import io.ebb.simulator.arm.Fleet;
import io.ebb.simulator.arm.Resources;
import io.ebb.simulator.arm.Tokens;
import io.ebb.simulator.balancer.Balancer;
import io.ebb.simulator.control.ControlApi;
import io.ebb.simulator.control.ControlServer;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Launcher;
import io.ebb.simulator.machine.Machine;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.VirtualMachines;
import io.ebb.simulator.maintenance.Clockwork;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.metadata.MetadataServer;
import io.ebb.simulator.metadata.Neighbours;
import io.ebb.simulator.scenario.HostPort;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.Vm;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Everything of one scenario, wired and running. Closing it stops all that it started. */
public final class Simulation implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Simulation.class.getName());
    private static final Duration GUESTS_START = Duration.ofSeconds(30);

    private final Scenario scenario;
    private final Path workDirectory;
    private final Resources resources;
    private final Datacenter datacenter;
    private final Balancer balancer;
    private final ArmServer arm;
    private final ControlServer control;

    /** What is to be closed, the last one started first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /**
     * Starts everything.
     *
     * @param launcher starts the processes of the machines
     * @throws IOException if an address is taken or a file cannot be written
     */
    public Simulation(Scenario scenario, Launcher launcher, InstantSource time) throws IOException {
        this.scenario = scenario;
        var record = new Record(time);
        var faults = new Faults();
        this.resources = new Resources(scenario);
        try {
            this.workDirectory = started(WorkDirectory.of(scenario)).path();
            this.balancer =
                    started(
                            at(
                                    scenario.loadBalancer().frontend(),
                                    () -> new Balancer(scenario, resources, record, time)));
            this.datacenter =
                    Datacenter.of(scenario, workDirectory, launcher, this::powerChanged, record);
            var controller =
                    new Controller(
                            datacenter.hosts(),
                            datacenter.repositories(),
                            scenario.timings(),
                            record,
                            time);
            parts.push(this::stopMachines);
            if (scenario.deployed()) {
                machines().all().forEach(machine -> machine.powerOn(Duration.ZERO));
            }
            startMetadata(controller, faults, time);
            started(new Clockwork(controller, time));
            balancer.start();
            var hardware = new Hardware(machines(), scenario.timings().boot());
            var steered = new Fleet(machines(), hardware, controller, controller, balancer);
            this.arm =
                    started(
                            at(
                                    scenario.addresses().arm(),
                                    () ->
                                            new ArmServer(
                                                    scenario, resources, steered, faults, record,
                                                    time)));
            arm.start();
            var api = new ControlApi(machines(), controller, record, faults, time, this::pools);
            var address = scenario.addresses().control();
            this.control =
                    started(at(address, () -> new ControlServer(api, address.socketAddress())));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startMetadata(Controller controller, Faults faults, InstantSource time)
            throws IOException {
        var tokens = new Tokens(scenario, time);
        var neighbours = new Neighbours(controller, tokens::issue, this::balanced, faults);
        for (var entry : datacenter.repositories().entrySet()) {
            var machine = entry.getKey();
            var address =
                    new HostPort(
                            machine.description().address(), scenario.addresses().metadataPort());
            started(
                    at(
                            address,
                            () ->
                                    new MetadataServer(
                                            scenario,
                                            machine,
                                            address.port(),
                                            entry.getValue(),
                                            neighbours,
                                            time)));
        }
    }

    /** The machines. */
    public VirtualMachines machines() {
        return datacenter.machines();
    }

    /** The address of the control API. */
    public String controlUrl() {
        return "http://" + text(control.address());
    }

    /** The line that tells whoever started this that everything is there. */
    public String readyLine() {
        return "simulator ready: control %s arm %s frontend %s"
                .formatted(controlUrl(), arm.url(), text(balancer.address()));
    }

    /**
     * Waits until every machine's backend program takes connections, where machines are there from
     * the start.
     *
     * @throws IOException if one does not within 30 seconds
     */
    public void awaitGuests() throws IOException {
        long deadline = System.nanoTime() + GUESTS_START.toNanos();
        for (var vm : scenario.deployed() ? scenario.vms() : List.<Vm>of()) {
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

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "stopping the simulation", e);
            }
        }
    }

    /** The JDK's own message names no address. */
    private static <T> T at(HostPort address, Listening<T> part) throws IOException {
        try {
            return part.start();
        } catch (BindException e) {
            throw new IOException("listening on " + address + ": " + e.getMessage(), e);
        }
    }

    private interface Listening<T> {
        T start() throws IOException;
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    private boolean balanced(String vm) {
        return balancer.members().stream()
                .anyMatch(member -> member.inPool() && member.vm().equalsIgnoreCase(vm));
    }

    private ObjectNode pools() {
        return Pools.show(balancer.members());
    }

    /** A machine that is down has lost its connections; one that is frozen has not. */
    private void powerChanged(Machine machine, Power power) {
        switch (power) {
            case RUNNING, FROZEN -> {}
            case STOPPED, DEALLOCATED -> balancer.resetFlows(machine.name());
            case DELETED -> {
                balancer.resetFlows(machine.name());
                resources.removeMachine(machine.name());
            }
        }
    }

    private void stopMachines() {
        machines().all().forEach(machine -> machine.stop(Power.DEALLOCATED));
    }

    private static boolean listens(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
