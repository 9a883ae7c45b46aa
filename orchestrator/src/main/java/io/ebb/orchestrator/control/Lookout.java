package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.Notice;
import io.ebb.orchestrator.drain.Pool;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.fleet.Agents;
import io.ebb.orchestrator.fleet.Sightings;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks: the ledger, the agents' reports and the load balancers, joined into one world. */
@Singleton
public final class Lookout {
    private final Ledger ledger;
    private final Agents agents;
    private final Readings readings;
    private final Hindrances hindrances;
    private final Underway underway;
    private final Rules rules;
    private final Rest rest = new Rest();

    public Lookout(
            Ledger ledger,
            Agents agents,
            Readings readings,
            Hindrances hindrances,
            Underway underway,
            Rules rules) {
        this.ledger = ledger;
        this.agents = agents;
        this.readings = readings;
        this.hindrances = hindrances;
        this.underway = underway;
        this.rules = rules;
    }

    /**
     * One look.
     *
     * @param open what the ledger has open
     * @param lease how long an intent that shows no effect may still be under way
     */
    public Sight look(Inventory.Fleet fleet, Ledger.Open open, Duration lease) {
        var now = ledger.now();
        var testimonies = agents.testimonies(fleet);
        var sightings = new Sightings(testimonies, now);
        var merged = Events.merge(open.events(), sightings, now);
        var events = merged.forPlan(fleet, rules.policy());
        var byVm =
                testimonies.stream().collect(Collectors.toMap(Testimony::vm, Function.identity()));
        var standings = new Standings(readings, underway, lease, now);
        var members = new Members(fleet, open, byVm, standings, rules);
        var vms = new ArrayList<Vm>();
        var resources = new HashMap<VmId, List<LoadBalancer.Resource>>();
        for (var known : fleet.vms()) {
            var reading = readings.of(known.id()).orElseThrow();
            resources.put(known.id(), reading.resources());
            var found = members.of(known.id(), reading);
            vms.add(vm(known, found, events, byVm, now));
        }
        return new Sight(
                certain(new World(now, events, vms, pools(vms))),
                fleet,
                open,
                merged.rows(),
                merged.evidence(),
                byVm,
                resources);
    }

    /** Whether every VM has been looked at; before that nothing is decided. */
    public boolean isReady(Inventory.Fleet fleet) {
        return fleet.vms().stream().allMatch(vm -> readings.of(vm.id()).isPresent());
    }

    /** An old reading of a VM that matters now is none: who is in and who is down changes. */
    private World certain(World world) {
        var concerned = world.concerned();
        var vms =
                world.vms().stream()
                        .map(vm ->
                                concerned.contains(vm.id())
                                                && !vm.isUnread()
                                                && !readings.isFresh(vm.id(), world.now())
                                        ? vm.unread("it was not read anew yet")
                                        : vm)
                        .toList();
        return new World(world.now(), world.events(), vms, world.pools());
    }

    private Vm vm(
            Inventory.KnownVm known,
            Members.Found found,
            List<Event> events,
            Map<VmId, Testimony> testimonies,
            Instant now) {
        var causes = Cause.of(events, known.id(), rules.policy(), now);
        var resting = rest.since(known.id(), found.members(), now);
        var voice = Optional.ofNullable(testimonies.get(known.id()));
        var vitals = new Vitals(voice, rules, now);
        return new Vm(
                known.id(),
                known.name(),
                causes,
                found.members(),
                vitals.connections(found.ports(), resting),
                vitals.healthySince(causeless(known.id(), events)),
                found.hindrance()
                        .or(() -> Orphans.hindrance(known))
                        .or(() ->
                                hindrances.of(known.id(), now).map(Vm.Hindrance.CannotLeave::new)));
    }

    /** When the VM's last event was gone; the distant past when it never had one. */
    private static Instant causeless(VmId vm, List<Event> events) {
        return events.stream()
                .filter(event -> event.vms().contains(vm))
                .flatMap(event ->
                        event.notice() instanceof Notice.Gone(var since)
                                ? Stream.of(since)
                                : Stream.empty())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private List<Pool> pools(List<Vm> vms) {
        Map<PoolId, Long> sizes =
                vms.stream()
                        .flatMap(vm -> vm.members().stream())
                        .map(Member::id)
                        .collect(Collectors.groupingBy(MemberId::pool, Collectors.counting()));
        return sizes.entrySet().stream()
                .map(pool ->
                        rules.of(pool.getKey()).budget(pool.getKey(), pool.getValue().intValue()))
                .toList();
    }
}
