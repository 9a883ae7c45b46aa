package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        var pools =
                vms.stream()
                        .filter(vm -> !vm.causes().isEmpty() || vm.any(Member::isTaken))
                        .flatMap(vm -> vm.members().stream())
                        .map(member -> member.id().pool())
                        .collect(Collectors.toSet());
        return vms.stream()
                .filter(vm ->
                        !vm.causes().isEmpty()
                                || vm.any(member -> pools.contains(member.id().pool())))
                .map(Vm::id)
                .collect(Collectors.toSet());
    }

    public World {
        events = List.copyOf(events);
        vms = List.copyOf(vms);
        pools = List.copyOf(pools);
    }
}
