package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Member;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Leaves it to an agent what a plan would decide at an event's deadline by what the last look saw:
 * the event takes the VM down anyway, the policy lets it go below the minimum, and in each of its
 * pools another one serves.
 */
@Singleton
public final class CurrentLeeway implements Leeway {
    private final Latest latest;
    private final CurrentRules rules;

    /** By what this process saw last. */
    public CurrentLeeway(Latest latest, CurrentRules rules) {
        this.latest = latest;
        this.rules = rules;
    }

    @Override
    public List<String> of(VmId id) {
        var inForce = rules.now();
        if (!inForce.enforce()) {
            return List.of();
        }
        return latest.view()
                .map(Latest.View::world)
                .flatMap(world ->
                        world.vms().stream()
                                .filter(vm -> vm.id().equals(id) && vm.hindrance().isEmpty())
                                .filter(vm -> canBeSpared(vm, world))
                                .findFirst())
                .map(vm -> types(inForce, vm))
                .orElse(List.of());
    }

    private static boolean canBeSpared(Vm vm, World world) {
        var pools = new HashSet<PoolId>();
        vm.members().forEach(member -> pools.add(member.id().pool()));
        for (var other : world.vms()) {
            if (!other.id().equals(vm.id())) {
                for (var member : other.members()) {
                    if (stays(member)) {
                        pools.remove(member.id().pool());
                    }
                }
            }
        }
        return pools.isEmpty();
    }

    private static boolean stays(Member member) {
        return member.isIn() && !member.isTaken();
    }

    private static List<String> types(Rules inForce, Vm vm) {
        var pools = new HashSet<String>();
        vm.members().forEach(member -> pools.add(member.id().pool().name()));
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
