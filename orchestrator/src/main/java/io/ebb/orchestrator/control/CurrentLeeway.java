package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.fleet.Leeway;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Occasion;
import io.ebb.orchestrator.policy.Rules;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leaves it to an agent what a plan would decide at an event's deadline by what the last look saw:
 * the event takes the VM down anyway, the policy lets it go below the minimum, and in each of its
 * pools another one serves.
 */
@Singleton
public final class CurrentLeeway implements Leeway {
    private static final World NOTHING = new World(Instant.EPOCH, List.of(), List.of(), List.of());

    private final Latest latest;
    private final CurrentRules rules;

    /** Many reports are answered from one look, and many looks are taken under the same rules. */
    private volatile Spared spared = new Spared(NOTHING, Map.of());

    private volatile Left left;

    /** The VMs that could leave, by one look, and the names of their pools. */
    private record Spared(World world, Map<VmId, Set<String>> vms) {}

    /** What rules leave to the agents of VMs in these pools. */
    private record Left(Rules rules, Map<Set<String>, List<String>> types) {}

    /** By what this process saw last. */
    public CurrentLeeway(Latest latest, CurrentRules rules) {
        this.latest = latest;
        this.rules = rules;
        this.left = new Left(rules.now(), new ConcurrentHashMap<>());
    }

    @Override
    public List<String> of(VmId id) {
        var inForce = rules.now();
        if (!inForce.enforce()) {
            return List.of();
        }
        return latest.view()
                .map(view -> spared(view.world()).get(id))
                .map(pools -> left(inForce).computeIfAbsent(pools, _ -> types(inForce, pools)))
                .orElse(List.of());
    }

    private Map<Set<String>, List<String>> left(Rules inForce) {
        var known = left;
        if (!known.rules().equals(inForce)) {
            known = new Left(inForce, new ConcurrentHashMap<>());
            left = known;
        }
        return known.types();
    }

    private Map<VmId, Set<String>> spared(World world) {
        var known = spared;
        if (!known.world().equals(world)) {
            known = new Spared(world, count(world));
            spared = known;
        }
        return known.vms();
    }

    private static Map<VmId, Set<String>> count(World world) {
        var staying = new HashMap<PoolId, Integer>();
        for (var vm : world.vms()) {
            stays(vm).forEach(pool -> staying.merge(pool, 1, Integer::sum));
        }
        var vms = new HashMap<VmId, Set<String>>();
        for (var vm : world.vms()) {
            if (vm.hindrance().isEmpty() && canBeSpared(vm, staying)) {
                vms.put(vm.id(), names(vm));
            }
        }
        return vms;
    }

    private static boolean canBeSpared(Vm vm, Map<PoolId, Integer> staying) {
        var own = stays(vm);
        for (var member : vm.members()) {
            var pool = member.id().pool();
            var others = staying.getOrDefault(pool, 0) - (own.contains(pool) ? 1 : 0);
            if (others < 1) {
                return false;
            }
        }
        return true;
    }

    /** The pools in which it serves and is to go on serving. */
    private static Set<PoolId> stays(Vm vm) {
        var pools = new HashSet<PoolId>();
        for (var member : vm.members()) {
            if (member.isIn() && !member.isTaken()) {
                pools.add(member.id().pool());
            }
        }
        return pools;
    }

    private static Set<String> names(Vm vm) {
        var names = new HashSet<String>();
        vm.members().forEach(member -> names.add(member.id().pool().name()));
        return names;
    }

    private static List<String> types(Rules inForce, Set<String> pools) {
        var types = new ArrayList<String>();
        for (var type : EventType.values()) {
            var occasion = new Occasion(type, "Platform", Optional.empty(), pools);
            var terms = inForce.policy().terms(occasion);
            if (type != EventType.OTHER
                    && terms.action() == Terms.Action.DRAIN
                    && terms.belowMinimum() == Terms.BelowMinimum.TAKE_OUT) {
                types.add(word(type));
            }
        }
        return List.copyOf(types);
    }

    private static String word(EventType type) {
        return type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
