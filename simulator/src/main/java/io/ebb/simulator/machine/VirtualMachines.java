package io.ebb.simulator.machine;

import java.util.List;
import java.util.Optional;

/** The machines of a scenario in its order, without those that were deleted since. */
public final class VirtualMachines implements Machines {
    private final List<VirtualMachine> created;

    public VirtualMachines(List<VirtualMachine> created) {
        this.created = List.copyOf(created);
    }

    /** All that there are now. */
    public List<VirtualMachine> all() {
        return created.stream().filter(machine -> machine.power() != Power.DELETED).toList();
    }

    @Override
    public Optional<VirtualMachine> find(String name) {
        return all().stream().filter(machine -> machine.name().equalsIgnoreCase(name)).findFirst();
    }
}
