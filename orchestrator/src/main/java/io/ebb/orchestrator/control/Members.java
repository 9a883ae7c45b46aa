package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.drain.Taken;
import io.ebb.orchestrator.drain.Vm.Hindrance;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the load balancer's word and the ledger's into the members of each VM. */
final class Members {
    /** How long a member without a verdict must have been back before it counts as in. */
    static final Duration SETTLING = Duration.ofSeconds(15);

    private final Inventory.Fleet fleet;
    private final Ledger.Open open;
    private final Map<VmId, Testimony> testimonies;
    private final Rules rules;
    private final Duration lease;
    private final Instant now;

    Members(
            Inventory.Fleet fleet,
            Ledger.Open open,
            Map<VmId, Testimony> testimonies,
            Rules rules,
            Duration lease,
            Instant now) {
        this.fleet = fleet;
        this.open = open;
        this.testimonies = testimonies;
        this.rules = rules;
        this.lease = lease;
        this.now = now;
    }

    /**
     * A VM's members.
     *
     * @param ports the backend ports of their pools
     * @param hindrance why they cannot be taken out, if so
     */
    record Found(List<Member> members, List<Integer> ports, Optional<Hindrance> hindrance) {}

    Found of(Inventory.KnownVm vm, Optional<Readings.Known> reading) {
        var members = new HashMap<MemberId, Member>();
        Optional<String> refusal = Optional.empty();
        for (var place : places(reading)) {
            var row = row(place.id());
            var choice = choose(place.id());
            refusal = refusal.or(() -> row.isPresent() ? Optional.empty() : choice.refusal());
            var strategy = row.map(r -> Strategy.valueOf(r.strategy())).orElse(choice.strategy());
            members.put(
                    place.id(), new Member(place.id(), strategy, standing(place, row), taken(row)));
        }
        for (var row : open.taken()) {
            if (row.id().vm().equals(vm.id())) {
                members.computeIfAbsent(
                        row.id(),
                        id ->
                                new Member(
                                        id,
                                        Strategy.valueOf(row.strategy()),
                                        Standing.OUT,
                                        taken(Optional.of(row))));
            }
        }
        var cannot = refusal;
        return new Found(
                List.copyOf(members.values()),
                ports(members.keySet().stream().map(MemberId::pool).toList()),
                unread(reading)
                        .<Hindrance>map(Hindrance.Unread::new)
                        .or(() -> cannot.map(Hindrance.CannotLeave::new)));
    }

    private static List<LoadBalancer.Place> places(Optional<Readings.Known> reading) {
        return reading.stream()
                .flatMap(known -> known.resources().stream())
                .flatMap(resource -> resource.places().stream())
                .toList();
    }

    private static Optional<String> unread(Optional<Readings.Known> reading) {
        if (reading.isEmpty()) {
            return Optional.of("its network interfaces have not been read yet");
        }
        return reading.get().resources().isEmpty()
                ? reading.get().unread().stream().map(LoadBalancer.Unread::why).findFirst()
                : Optional.empty();
    }

    private Optional<TakenMember> row(MemberId id) {
        return open.taken().stream().filter(taken -> taken.id().equals(id)).findFirst();
    }

    private Taken taken(Optional<TakenMember> row) {
        return row.map(r ->
                        r.intent() != Intent.RETURN && r.since().plus(lease).isAfter(now)
                                ? Taken.JUST_NOW
                                : Taken.YES)
                .orElse(Taken.NO);
    }

    private Standing standing(LoadBalancer.Place place, Optional<TakenMember> row) {
        return switch (place.verdict()) {
            case UP -> Standing.IN;
            case DOWN -> Standing.QUIESCED;
            case NONE -> {
                var returning = row.filter(r -> r.intent() == Intent.RETURN);
                var settling =
                        returning.isPresent()
                                && returning.get().since().plus(SETTLING).isAfter(now);
                yield settling || failsProbe(place.id()) ? Standing.QUIESCED : Standing.IN;
            }
        };
    }

    /** Without a verdict the agent's word counts, once a probe must have noticed. */
    private boolean failsProbe(MemberId id) {
        var probe = pool(id.pool()).stream().flatMap(pool -> pool.probes().stream()).findFirst();
        var answer =
                Optional.ofNullable(testimonies.get(id.vm()))
                        .filter(said -> said.sinceHeard(now).compareTo(Vitals.SILENT) <= 0)
                        .flatMap(said -> said.report().probe());
        return probe.isPresent()
                && answer.isPresent()
                && Choice.pointsAtAgent(probe.get(), answer.get())
                && !answer.get().passing()
                && answer.get().steady().toSeconds()
                        > (long) probe.get().intervalSeconds() * (probe.get().threshold() + 1);
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
        return fleet.pools().stream().filter(pool -> pool.id().equals(id)).findFirst();
    }

    private List<Integer> ports(List<PoolId> pools) {
        return fleet.pools().stream()
                .filter(pool -> pools.contains(pool.id()))
                .flatMap(pool -> pool.ports().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
