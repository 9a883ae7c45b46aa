package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.List;

/**
 * Everything that a plan is made from: what the ledger, the agents and the load balancers say at
 * one time.
 *
 * @param now the time of the look
 * @param vms all VMs of the pools, also those that nothing happens to: they are the capacity
 */
public record World(Instant now, List<Event> events, List<Vm> vms, List<Pool> pools) {
    public World {
        events = List.copyOf(events);
        vms = List.copyOf(vms);
        pools = List.copyOf(pools);
    }
}
