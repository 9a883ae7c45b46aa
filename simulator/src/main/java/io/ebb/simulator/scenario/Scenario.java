package io.ebb.simulator.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is simulated.
 *
 * @param certificate where the self-signed certificate of the ARM endpoint is written (PEM)
 * @param workDirectory folder for boot ids and logs; empty means a new temporary folder
 * @param availabilitySet the set that all machines belong to; empty means standalone machines
 * @param natGateway whether the subnet has a NAT gateway, which keeps outbound alive for machines
 *     outside every pool
 * @param deployed whether the load balancer, the availability set and the machines are there from
 *     the start; otherwise there is only the network, and hardware for machines of these names,
 *     addresses and domains: they are for a template to make, whose load balancer serves at the
 *     scenario's frontend
 */
public record Scenario(
        String subscription,
        String tenant,
        String location,
        String resourceGroup,
        Addresses addresses,
        Path certificate,
        Optional<Path> workDirectory,
        Optional<String> availabilitySet,
        boolean natGateway,
        boolean deployed,
        List<Vm> vms,
        LoadBalancer loadBalancer,
        Timings timings) {

    public Scenario {
        vms = List.copyOf(vms);
    }

    /** The built-in scenario: three machines of availability set {@code web} behind {@code lb}. */
    public static Scenario builtIn() {
        return ScenarioReader.read("{}");
    }

    /** The machine of this name, compared as Azure compares names: case-insensitively. */
    public Optional<Vm> vm(String name) {
        return vms.stream().filter(vm -> vm.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The resource id of a machine. */
    public String vmResourceId(Vm vm) {
        return groupId() + "/providers/Microsoft.Compute/virtualMachines/" + vm.name();
    }

    /** The resource id of the resource group. */
    public String groupId() {
        return "/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup;
    }
}
