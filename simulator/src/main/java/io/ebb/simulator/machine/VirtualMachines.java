package io.ebb.simulator.machine;

import java.util.List;
import java.util.Optional;

/** All machines, in the order of the scenario. */
public record VirtualMachines(List<VirtualMachine> all) implements Machines {

    public VirtualMachines {
        all = List.copyOf(all);
    }

    @Override
    public Optional<VirtualMachine> find(String name) {
        return all.stream().filter(machine -> machine.name().equalsIgnoreCase(name)).findFirst();
    }
}
