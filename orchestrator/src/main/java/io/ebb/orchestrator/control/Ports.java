package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.WatchedPorts;
import io.ebb.orchestrator.pool.CurrentFleet;
import io.ebb.orchestrator.pool.Inventory;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which ports each agent counts: those of its own VM's pools that carry TCP, also of pools that it
 * was taken out of. Known from this process's own readings, so that a replica that does not plan
 * can say it too.
 */
@Singleton
public final class Ports implements WatchedPorts {
    private final CurrentFleet fleet;
    private final Readings readings;

    /** Ports by what this process has read. */
    public Ports(CurrentFleet fleet, Readings readings) {
        this.fleet = fleet;
        this.readings = readings;
    }

    @Override
    public Optional<List<Integer>> of(VmId vm, Collection<PoolId> taken) {
        return fleet.get()
                .flatMap(known ->
                        readings.of(vm)
                                .map(reading -> countable(known, pools(reading, taken)).ports()));
    }

    private static Set<PoolId> pools(Readings.Known reading, Collection<PoolId> taken) {
        var pools = new HashSet<>(taken);
        for (var resource : reading.resources()) {
            resource.places().forEach(place -> pools.add(place.id().pool()));
        }
        return pools;
    }

    /**
     * What there is to count of a VM in some pools.
     *
     * @param ports their backend ports, sorted; {@link Inventory#EVERY_PORT} among them where a
     *     rule balances every port
     * @param udpOnly their rules carry UDP only: nothing can be counted
     */
    record Countable(List<Integer> ports, boolean udpOnly) {
        Countable {
            ports = List.copyOf(ports);
        }
    }

    static Countable countable(Inventory.Fleet fleet, Set<PoolId> pools) {
        var ports = new TreeSet<Integer>();
        var udp = false;
        for (var pool : fleet.pools()) {
            if (pools.contains(pool.id())) {
                ports.addAll(pool.ports());
                udp |= pool.udpOnly();
            }
        }
        return new Countable(List.copyOf(ports), udp && ports.isEmpty());
    }
}
