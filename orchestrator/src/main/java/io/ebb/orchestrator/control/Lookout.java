package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Pool;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.fleet.Agents;
import io.ebb.orchestrator.fleet.Sightings;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** Looks: the ledger, the agents' reports and the load balancers, joined into one world. */
@Singleton
public final class Lookout {
    private final Ledger ledger;
    private final Agents agents;
    private final Readings readings;
    private final Hindrances hindrances;
    private final Underway underway;
    private final Rest rest = new Rest();

    public Lookout(
            Ledger ledger,
            Agents agents,
            Readings readings,
            Hindrances hindrances,
            Underway underway) {
        this.ledger = ledger;
        this.agents = agents;
        this.readings = readings;
        this.hindrances = hindrances;
        this.underway = underway;
    }

    /** From now on this process looks under this lease. */
    void under(Ledger.Lease lease) {
        rest.under(lease.fence());
    }

    /**
     * One look.
     *
     * @param open what the ledger has open
     * @param rules what the operator wants
     * @param lease how long an intent that shows no effect may still be under way
     */
    public Sight look(Inventory.Fleet fleet, Ledger.Open open, Rules rules, Duration lease) {
        var now = ledger.now();
        var testimonies = agents.testimonies(fleet);
        var sightings = new Sightings(testimonies, now);
        var merged = Events.merge(open.events(), sightings, now);
        var byVm = new HashMap<VmId, Testimony>();
        testimonies.forEach(said -> byVm.put(said.vm(), said));
        var standings = new Standings(readings, underway, lease, now);
        var members = new Members(fleet, open, byVm, standings, rules);
        var found = new ArrayList<Members.Found>();
        var pools = new HashMap<VmId, Set<String>>();
        var resources = new HashMap<VmId, List<LoadBalancer.Resource>>();
        for (var known : fleet.vms()) {
            var reading = readings.of(known.id()).orElseThrow();
            var standing = members.of(known.id(), reading);
            found.add(standing);
            pools.put(known.id(), standing.pools());
            resources.put(known.id(), reading.resources());
        }
        var events = new Concerns(fleet, pools, rules.policy(), open.instructions()).of(merged);
        var facts = new VmFacts(events, byVm, hindrances, rest, open, rules, now);
        var vms = new ArrayList<Vm>();
        for (var i = 0; i < found.size(); i++) {
            vms.add(facts.vm(fleet.vms().get(i), found.get(i)));
        }
        var world = new World(now, events, vms, pools(vms, rules));
        var concerned = world.concerned();
        return new Sight(
                certain(world, concerned),
                fleet,
                open,
                rules,
                merged.rows(),
                merged.evidence(),
                byVm,
                resources,
                concerned);
    }

    /** Whether every VM has been looked at; before that nothing is decided. */
    public boolean isReady(Inventory.Fleet fleet) {
        for (var vm : fleet.vms()) {
            if (readings.of(vm.id()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** An old reading of a VM that matters now is none: who is in and who is down changes. */
    private World certain(World world, Set<VmId> concerned) {
        if (concerned.isEmpty()) {
            return world;
        }
        var vms = new ArrayList<>(world.vms());
        vms.replaceAll(vm ->
                concerned.contains(vm.id())
                                && !vm.isUnread()
                                && !readings.isFresh(vm.id(), world.now())
                        ? vm.unread("it was not read anew yet")
                        : vm);
        return new World(world.now(), world.events(), vms, world.pools());
    }

    private static List<Pool> pools(List<Vm> vms, Rules rules) {
        var sizes = new HashMap<PoolId, Integer>();
        for (var vm : vms) {
            vm.members().forEach(member -> sizes.merge(member.id().pool(), 1, Integer::sum));
        }
        var pools = new ArrayList<Pool>();
        sizes.forEach((pool, size) -> pools.add(rules.of(pool).budget(pool, size)));
        return pools;
    }
}
