package io.ebb.simulator;

import io.ebb.simulator.control.Record;
import io.ebb.simulator.guest.Guest;
import io.ebb.simulator.machine.Launcher;
import io.ebb.simulator.machine.PowerListener;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.machine.VirtualMachines;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.maintenance.HostAgent;
import io.ebb.simulator.scenario.Scenario;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The machines of a scenario, switched off, on the nodes that they run on.
 *
 * @param repositories by machine; the machines of a scope unit share one
 * @param hosts one node for each machine, and a spare one that a redeploy can move to
 */
record Datacenter(
        VirtualMachines machines,
        Map<VirtualMachine, EventRepository> repositories,
        List<HostAgent> hosts) {

    static Datacenter of(
            Scenario scenario,
            Path workDirectory,
            Launcher launcher,
            PowerListener listener,
            Record record) {
        var byScope = new HashMap<String, EventRepository>();
        var repositories = new LinkedHashMap<VirtualMachine, EventRepository>();
        var hosts = new ArrayList<HostAgent>();
        for (var vm : scenario.vms()) {
            var machine =
                    new VirtualMachine(
                            vm,
                            workDirectory.resolve(vm.name()),
                            guest(scenario.addresses().guestPort()),
                            scenario.addresses().metadataPort(),
                            launcher,
                            listener,
                            record);
            var scope = scenario.availabilitySet().orElse(vm.name());
            var repository =
                    byScope.computeIfAbsent(
                            scope,
                            name ->
                                    new EventRepository(
                                            name, scenario.timings().firstMetadataAnswer()));
            repositories.put(machine, repository);
            var host = new HostAgent("node-" + hosts.size());
            host.place(machine, repository);
            hosts.add(host);
        }
        hosts.add(new HostAgent("node-" + hosts.size()));
        var machines = new VirtualMachines(List.copyOf(repositories.keySet()));
        return new Datacenter(machines, repositories, List.copyOf(hosts));
    }

    /** The backend program is a class of this jar, in a small process of its own. */
    private static Program guest(int port) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator));
        var options = List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Guest.class.getName()));
        command.addAll(List.of("{name}", "{address}", Integer.toString(port)));
        return new Program(command, Map.of());
    }
}
