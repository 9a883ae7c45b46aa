package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that a plan is made from: what the ledger, the agents and the load balancers say at
 * one time.
 *
 * @param now the time of the look
 * @param vms all VMs of the pools, also those that nothing happens to: they are the capacity
 */
public record World(Instant now, List<Event> events, List<Vm> vms, List<Pool> pools) {
    /**
     * The VMs that something happens to, and those that share a pool with one of them: what is
     * decided rests on where all of these stand.
     */
    public Set<VmId> concerned() {
        var pools = new HashSet<PoolId>();
        for (var vm : vms) {
            if (!vm.causes().isEmpty() || vm.any(Member::isTaken)) {
                vm.members().forEach(member -> pools.add(member.id().pool()));
            }
        }
        var concerned = new HashSet<VmId>();
        for (var vm : vms) {
            if (!vm.causes().isEmpty() || vm.any(member -> pools.contains(member.id().pool()))) {
                concerned.add(vm.id());
            }
        }
        return concerned;
    }

    public World {
        events = List.copyOf(events);
        vms = List.copyOf(vms);
        pools = List.copyOf(pools);
    }
}
