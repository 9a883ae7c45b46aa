package io.ebb.simulator;

import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Provisioner;
import io.ebb.simulator.machine.VirtualMachines;
import java.time.Duration;
import java.util.NoSuchElementException;

/**
 * The machines of a scenario as hardware: each takes one VM, of its own name.
 *
 * @param boot how long booting takes
 */
record Hardware(VirtualMachines machines, Duration boot) implements Provisioner {
    @Override
    public boolean hasRoomFor(String vm) {
        return machines.find(vm)
                .filter(machine -> machine.power() == Power.DEALLOCATED)
                .filter(machine -> machine.bootId().isEmpty())
                .isPresent();
    }

    @Override
    public void provision(String vm, String customData) {
        var machine =
                machines.find(vm).orElseThrow(() -> new NoSuchElementException("no machine " + vm));
        machine.customData(customData);
        machine.powerOn(boot);
    }
}
