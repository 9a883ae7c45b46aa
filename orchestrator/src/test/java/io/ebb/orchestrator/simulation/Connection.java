package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.control.Lanes;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.Patience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One process's connection to ARM: slow, lossy, and cut when the process is killed. */
final class Connection implements Inventory, LoadBalancer {
    private final Azure azure;
    private final Clockwork clock;
    private final Dice dice;
    private final Mutant mutant;
    private final Site site;
    private final Rulebook rules;
    private final Set<String> writing = new HashSet<>();

    Connection(Azure azure, Clockwork clock, Dice dice, Mutant mutant, Site site, Rulebook rules) {
        this.azure = azure;
        this.clock = clock;
        this.dice = dice;
        this.mutant = mutant;
        this.site = site;
        this.rules = rules;
    }

    @Override
    public Fleet read() {
        if (dice.fault(0.05)) {
            throw lost("reading the inventory");
        }
        return new Fleet(
                azure.machines().stream()
                        .map(m ->
                                new KnownVm(
                                        m.id,
                                        m.name,
                                        "/vm/" + m.name,
                                        m.scope,
                                        List.of("/nic/" + m.id),
                                        m.domain,
                                        Optional.of(m.isUp())))
                        .toList(),
                azure.pools());
    }

    @Override
    public Reading read(Collection<KnownVm> wanted) {
        if (dice.fault(0.02)) {
            throw lost("reading");
        }
        var resources = new ArrayList<Resource>();
        var unread = new ArrayList<Unread>();
        for (var vm : wanted) {
            if (dice.fault(0.01)) {
                unread.add(new Unread(vm.id(), "/nic/" + vm.id(), false, "no answer"));
            } else {
                rules.tally().reads(vm.id());
                resources.add(mutant.resource(azure.resource(vm.id(), true)));
            }
        }
        if (dice.fault(0.05)) {
            site.waitFor(dice.between(100, 3000));
        }
        return new Reading(resources, unread);
    }

    @Override
    public Set<String> listed(KnownPool pool) {
        if (dice.fault(0.03)) {
            throw lost("listing");
        }
        return Set.copyOf(azure.listed(pool.id()));
    }

    @Override
    public Resource apply(Resource resource, List<Change> wanted, Patience patience) {
        var changes = wanted.stream().map(mutant::change).toList();
        site.mayCrash();
        if (isMade(resource, changes)) {
            return resource;
        }
        if (hasNoPatience(patience) && mutant != Mutant.SENDS_AFTER_ITS_LEASE) {
            throw lost("the lease has ended");
        }
        rules.sending(changes);
        rules.tally().writes(resource.vm());
        var lane = azure.machine(resource.vm()).scope;
        if (!writing.add(lane)) {
            throw new Violation(7, "two writes at a time to %s", lane);
        }
        clock.tell("%s sends %s", site.name(), Azure.names(changes));
        var request =
                new Azure.Request(resource, changes, mutant == Mutant.WRITES_WITHOUT_IF_MATCH);
        var left = hasNoPatience(patience) ? Lanes.REQUEST : patience.left();
        var longest = Math.min(left.toMillis(), Lanes.REQUEST.toMillis());
        var way = dice.fault(0.1) ? dice.between(1500, 9000) : dice.between(50, 1500);
        if (way <= longest) {
            clock.in(way, () -> put(request));
        } else {
            clock.in(longest, () -> timeOut(request));
        }
        site.until(request::isAnswered);
        writing.remove(lane);
        site.mayCrash();
        if (request.failure.isPresent()) {
            throw request.failure.get();
        }
        return mutant.resource(azure.resource(resource.vm(), false));
    }

    private static boolean hasNoPatience(Patience patience) {
        return patience.left().isZero();
    }

    private void put(Azure.Request request) {
        rules.arriving(site.name(), request);
        azure.put(request);
    }

    /** Nobody knows whether it arrived; half of the time it did, at the last moment. */
    private void timeOut(Azure.Request request) {
        if (dice.chance(0.5)) {
            put(request);
        }
        request.fail(lost("timed out"));
    }

    private static boolean isMade(Resource resource, List<Change> changes) {
        return changes.stream()
                .allMatch(change ->
                        resource.places().stream()
                                        .anyMatch(place -> place.id().equals(change.member()))
                                == change instanceof Change.Join);
    }

    private static CloudException lost(String doing) {
        return new CloudException.Transient(doing + ": no answer", Optional.empty(), null);
    }

    @Override
    public Optional<String> byHand(MemberId member, String saved) {
        return Optional.empty();
    }
}
