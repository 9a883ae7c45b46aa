package io.ebb.simulator.machine;

import java.util.List;
import java.util.Optional;

/** All machines, in the order of the scenario. */
public record Fleet(List<VirtualMachine> all) implements Machines {

    public Fleet {
        all = List.copyOf(all);
    }

    @Override
    public Optional<VirtualMachine> find(String name) {
        return all.stream().filter(machine -> machine.name().equalsIgnoreCase(name)).findFirst();
    }
}
