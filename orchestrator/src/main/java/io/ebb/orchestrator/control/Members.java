package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.drain.Taken;
import io.ebb.orchestrator.drain.Vm.Hindrance;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins the load balancer's word and the ledger's into the members of each VM. */
final class Members {
    /** So often a member is taken out anew that somebody else puts back; then it is left alone. */
    static final int REASSERTED = 3;

    /** Of a VM whose network interfaces are all gone. */
    static final Hindrance VANISHED =
            new Hindrance.CannotLeave("its network interface does not exist any more");

    private final Inventory.Fleet fleet;
    private final Map<PoolId, Inventory.KnownPool> pools = new HashMap<>();
    private final Map<MemberId, TakenMember> rows = new LinkedHashMap<>();

    private record Served(Set<String> names, Ports.Countable countable) {
        Served {
            names = Set.copyOf(names);
        }
    }

    /** Most VMs are in the same pools. */
    private final Map<Set<PoolId>, Served> served = new HashMap<>();

    private final Map<VmId, Testimony> testimonies;
    private final Standings standings;
    private final Rules rules;

    Members(
            Inventory.Fleet fleet,
            Ledger.Open open,
            Map<VmId, Testimony> testimonies,
            Standings standings,
            Rules rules) {
        this.fleet = fleet;
        fleet.pools().forEach(pool -> pools.putIfAbsent(pool.id(), pool));
        open.taken().forEach(row -> rows.putIfAbsent(row.id(), row));
        this.testimonies = testimonies;
        this.standings = standings;
        this.rules = rules;
    }

    /**
     * A VM's members.
     *
     * @param pools the names of their pools
     * @param countable what there is to count in them
     * @param hindrance why they cannot be taken out, if so
     */
    record Found(
            List<Member> members,
            Set<String> pools,
            Ports.Countable countable,
            Optional<Hindrance> hindrance) {}

    private Served served(Set<PoolId> pools) {
        var names = new HashSet<String>();
        pools.forEach(pool -> names.add(pool.name()));
        return new Served(names, Ports.countable(fleet, pools));
    }

    /** The members of a VM as it was read. */
    Found of(VmId vm, Readings.Known reading) {
        var members = new LinkedHashMap<MemberId, Member>();
        var refusals = new ArrayList<String>();
        for (var resource : reading.resources()) {
            for (var place : resource.places()) {
                members.put(place.id(), present(place, refusals));
            }
        }
        for (var row : rows.values()) {
            if (row.id().vm().equals(vm)) {
                members.computeIfAbsent(row.id(), _ -> absent(row, reading.resources()));
            }
        }
        var pools = new HashSet<PoolId>();
        members.keySet().forEach(id -> pools.add(id.pool()));
        var served = this.served.computeIfAbsent(pools, this::served);
        return new Found(
                List.copyOf(members.values()),
                served.names(),
                served.countable(),
                unread(reading)
                        .<Hindrance>map(why -> new Hindrance.Unread(why, false))
                        .or(() -> refusals.stream().findFirst().map(Hindrance.CannotLeave::new))
                        .or(() -> isGone(reading) ? Optional.of(VANISHED) : Optional.empty()));
    }

    /** The inventory may go on to show the VM for a while. */
    private static boolean isGone(Readings.Known reading) {
        return reading.resources().isEmpty()
                && !reading.unread().isEmpty()
                && reading.unread().stream().allMatch(LoadBalancer.Unread::gone);
    }

    private Member present(LoadBalancer.Place place, List<String> refusals) {
        var id = place.id();
        var row = Optional.ofNullable(rows.get(id));
        var choice = choose(id);
        if (row.isEmpty()) {
            observed(id.pool()).or(choice::refusal).ifPresent(refusals::add);
        }
        var left = row.filter(Members::isLeft).isPresent();
        if (left) {
            refusals.add(
                    "somebody else keeps putting it back into pool %s: taken out %d times, now left alone"
                            .formatted(id.pool().name(), REASSERTED + 1));
        }
        var voice = Optional.ofNullable(testimonies.get(id.vm()));
        return new Member(
                id,
                row.map(r -> Strategy.valueOf(r.strategy())).orElse(choice.strategy()),
                standings.present(place, row, pool(id.pool()), voice),
                left && standings.taken(row) != Taken.JUST_NOW ? Taken.LEFT : standings.taken(row));
    }

    /** A VM is not taken out of one pool while another keeps it: Ebb acts for all or for none. */
    private Optional<String> observed(PoolId pool) {
        return rules.enforce() && !rules.modes().enforces(pool)
                ? Optional.of("pool " + pool.name() + " is only observed, and not left")
                : Optional.empty();
    }

    /** It is in again, was seen out before, and that has happened often enough. */
    private static boolean isLeft(TakenMember row) {
        return row.out().isPresent() && row.reasserted() >= REASSERTED;
    }

    private Member absent(TakenMember row, List<Resource> resources) {
        var resource =
                resources.stream()
                        .filter(read -> read.id().equalsIgnoreCase(row.resource()))
                        .findFirst();
        return new Member(
                row.id(),
                Strategy.valueOf(row.strategy()),
                standings.absent(row, resource),
                standings.taken(Optional.of(row)));
    }

    /** A resource that exists and has never been read: where its members stand is not known. */
    private static Optional<String> unread(Readings.Known reading) {
        for (var unread : reading.unread()) {
            var isRead =
                    reading.resources().stream()
                            .anyMatch(r -> r.id().equalsIgnoreCase(unread.id()));
            if (!unread.gone() && !isRead) {
                return Optional.of(unread.why());
            }
        }
        return Optional.empty();
    }

    private Choice choose(MemberId id) {
        var probe =
                Optional.ofNullable(testimonies.get(id.vm()))
                        .flatMap(said -> said.report().probe());
        return pool(id.pool())
                .map(pool -> Choice.of(pool, rules.of(id.pool()), probe))
                .orElseGet(() ->
                        new Choice(
                                Strategy.REMOVE, Optional.of("its pool is not in the inventory")));
    }

    private Optional<Inventory.KnownPool> pool(PoolId id) {
        return Optional.ofNullable(pools.get(id));
    }
}
