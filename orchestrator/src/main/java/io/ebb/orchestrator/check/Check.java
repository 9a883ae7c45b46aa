package io.ebb.orchestrator.check;

import io.ebb.orchestrator.control.Choice;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.LoadBalancer.Reading;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.LoadBalancer.Unread;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at everything once, changes nothing, and says what hinders. */
@Singleton
public final class Check {
    private final Inventory inventory;
    private final LoadBalancer balancer;
    private final Rules rules;
    private final AgentProbe probe;
    private final Approver approver;

    public Check(
            Inventory inventory,
            LoadBalancer balancer,
            Rules rules,
            AgentProbe probe,
            Approver approver) {
        this.inventory = inventory;
        this.balancer = balancer;
        this.rules = rules;
        this.probe = probe;
        this.approver = approver;
    }

    /**
     * Looks.
     *
     * @throws io.ebb.orchestrator.pool.CloudException when nothing can be read
     */
    public Table look() {
        var fleet = inventory.read();
        var reading = balancer.read(fleet.vms());
        var pools = new HashMap<PoolId, KnownPool>();
        fleet.pools().forEach(pool -> pools.put(pool.id(), pool));
        var rows = new ArrayList<Row>();
        for (var vm : fleet.vms()) {
            rows.addAll(rows(vm, reading, pools));
        }
        return new Table(
                rows, traceless(reading, pools), Remarks.of(reading, pools.values(), approver));
    }

    /**
     * The pools of which nothing on the resources would survive a lost database, each with why. One
     * that is never left needs nothing to survive.
     */
    private Map<String, Set<String>> traceless(Reading reading, Map<PoolId, KnownPool> pools) {
        var lost = new TreeMap<String, Set<String>>();
        for (var resource : reading.resources()) {
            for (var place : resource.places()) {
                var pool = pools.get(place.id().pool());
                if (pool != null && isLeft(choose(pool))) {
                    balancer.traceless(resource, place)
                            .ifPresent(why ->
                                    lost.computeIfAbsent(pool.id().name(), _ -> new TreeSet<>())
                                            .add(why));
                }
            }
        }
        return lost;
    }

    private static boolean isLeft(Choice choice) {
        return choice.strategy() != Strategy.PROBE && choice.refusal().isEmpty();
    }

    private Choice choose(KnownPool pool) {
        return Choice.of(pool, rules.of(pool.id()), Optional.of(probe.asReported()));
    }

    private List<Row> rows(KnownVm vm, Reading reading, Map<PoolId, KnownPool> pools) {
        var rows = new ArrayList<Row>();
        for (var resource : of(vm.id(), reading)) {
            for (var place : resource.places()) {
                var pool = pools.get(place.id().pool());
                rows.add(
                        pool == null
                                ? unknown(vm, resource, place)
                                : row(vm, resource, place, pool, reading));
            }
        }
        for (var unread : reading.unread()) {
            if (unread.vm().equals(vm.id())) {
                rows.add(unread(vm, unread));
            }
        }
        if (rows.isEmpty()) {
            rows.add(
                    new Row(
                            vm.name(),
                            "-",
                            "-",
                            "-",
                            "-",
                            "-",
                            List.of("it is in no pool: it is never drained")));
        }
        return rows;
    }

    private static List<Resource> of(VmId vm, Reading reading) {
        return reading.resources().stream().filter(r -> r.vm().equals(vm)).toList();
    }

    private Row row(KnownVm vm, Resource resource, Place place, KnownPool pool, Reading reading) {
        var places =
                reading.resources().stream()
                        .flatMap(any -> any.places().stream())
                        .filter(any -> any.id().pool().equals(pool.id()))
                        .toList();
        var in = (int) places.stream().filter(any -> any.verdict() != Verdict.DOWN).count();
        var budget = rules.of(pool.id()).budget(pool.id(), places.size());
        var choice = choose(pool);
        var strategy = choice.strategy();
        var hinders = new ArrayList<String>();
        hinders.addAll(probes(pool, strategy));
        choice.refusal().ifPresent(hinders::add);
        var name = pool.id().name();
        if (in == 0) {
            hinders.add("nobody in pool %s is in rotation".formatted(name));
        } else if (in - cost(place) < 1) {
            hinders.add("pool would be empty: %s has %d in rotation".formatted(name, in));
        } else if (in - cost(place) < budget.minimum()) {
            hinders.add(
                    "%s has %d of %d in rotation, minimum %d"
                            .formatted(name, in, places.size(), budget.minimum()));
        }
        return new Row(
                vm.name(),
                last(resource.id()),
                name,
                kebab(strategy),
                "min %d, most out %d, in %d/%d"
                        .formatted(budget.minimum(), budget.mostOut(), in, places.size()),
                pool.outbound().orElse("not the pool"),
                hinders);
    }

    /** One that is down already costs its pool nothing. */
    private static int cost(Place place) {
        return place.verdict() == Verdict.DOWN ? 0 : 1;
    }

    private List<String> probes(KnownPool pool, Strategy strategy) {
        var name = pool.id().name();
        if (pool.probes().isEmpty()) {
            return List.of("no rule of pool " + name + " has a probe");
        }
        if (!pool.everyRuleProbed()) {
            return List.of("a rule of pool " + name + " has no probe");
        }
        return strategy != Strategy.REMOVE || rules.of(pool.id()).strategy().isPresent()
                ? List.of()
                : List.of(
                        "probe of pool %s does not point at the agent: established flows may be cut on removal"
                                .formatted(name));
    }

    private static Row unknown(KnownVm vm, Resource resource, Place place) {
        var name = place.id().pool().name();
        return new Row(
                vm.name(),
                last(resource.id()),
                name,
                "-",
                "-",
                "-",
                List.of("pool %s is not in the inventory".formatted(name)));
    }

    private static Row unread(KnownVm vm, Unread unread) {
        var what = unread.gone() ? "does not exist any more" : "cannot be read";
        return new Row(
                vm.name(),
                last(unread.id()),
                "-",
                "-",
                "-",
                "-",
                List.of("it %s: %s".formatted(what, unread.why())));
    }

    private static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static String kebab(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
