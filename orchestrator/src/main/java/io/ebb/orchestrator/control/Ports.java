package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.WatchedPorts;
import io.ebb.orchestrator.pool.Inventory;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which ports each agent counts: those of its own VM's pools, also of pools that it was taken out
 * of.
 */
@Singleton
final class Ports implements WatchedPorts {
    private final Latest latest;

    Ports(Latest latest) {
        this.latest = latest;
    }

    @Override
    public Optional<List<Integer>> of(VmId vm) {
        return latest.view()
                .flatMap(view ->
                        view.world().vms().stream()
                                .filter(known -> known.id().equals(vm))
                                .findFirst()
                                .map(known ->
                                        of(
                                                view.fleet(),
                                                known.members().stream()
                                                        .map(m -> m.id().pool())
                                                        .toList())));
    }

    /** The backend ports of these pools, sorted. */
    static List<Integer> of(Inventory.Fleet fleet, Collection<PoolId> pools) {
        return fleet.pools().stream()
                .filter(pool -> pools.contains(pool.id()))
                .flatMap(pool -> pool.ports().stream())
                .filter(port -> port != Inventory.EVERY_PORT)
                .distinct()
                .sorted()
                .toList();
    }
}
