package io.ebb.orchestrator.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may go out. Who is out counts first; then whole events are let out, an event's VMs together
 * or not at all, least time left first. Singly only when the time left falls below the longest
 * drain: better some drained than none.
 */
public final class Budget {
    private final World world;
    private final Map<VmId, Vm> vms = new LinkedHashMap<>();

    /** Members that receive new flows now and will go on doing so, per pool. */
    private final Map<PoolId, Integer> staying = new HashMap<>();

    /** Members out of rotation now or soon, for whatever reason, per pool. */
    private final Map<PoolId, Integer> out = new HashMap<>();

    private final Set<VmId> admitted = new HashSet<>();
    private final Map<VmId, String> refusals = new LinkedHashMap<>();

    private Budget(World world) {
        this.world = world;
        world.vms().forEach(vm -> vms.put(vm.id(), vm));
    }

    /** The VMs with a cause that may not leave rotation now, and why. */
    public static Map<VmId, String> refusals(World world) {
        var wanting = new ArrayList<>(world.vms());
        wanting.removeIf(vm -> !wants(vm));
        if (wanting.isEmpty()) {
            return Map.of();
        }
        var budget = new Budget(world);
        budget.countWhoIsOut();
        budget.applicants(wanting).forEach(budget::decide);
        return budget.refusals;
    }

    private void countWhoIsOut() {
        for (var vm : vms.values()) {
            for (var member : vm.members()) {
                (isOut(vm, member) ? out : staying).merge(member.id().pool(), 1, Integer::sum);
            }
        }
    }

    /** A write that may still land can take it out, whatever its causes are by now. */
    private static boolean isOut(Vm vm, Member member) {
        return !member.isIn() || isGone(vm) || member.taken() == Taken.JUST_NOW;
    }

    /**
     * Already on its way out: what has begun is not judged again. A VM that was called back and has
     * a cause again is, though a removal of it may still arrive: meanwhile others were let out.
     */
    private static boolean isGone(Vm vm) {
        var comesBack = vm.hindrance().filter(Vm.Hindrance.CannotLeave.class::isInstance);
        return vm.any(Member::isGoing)
                && !vm.any(member -> member.mayServe() && !member.isGoing())
                && !vm.causes().isEmpty()
                && comesBack.isEmpty();
    }

    /** Groups of VMs that want to go out together, most urgent first. */
    private List<List<Vm>> applicants(List<Vm> wanting) {
        var groups = new ArrayList<List<Vm>>();
        for (var together : Together.of(world)) {
            var group = new ArrayList<>(wanting);
            group.removeIf(vm -> !hasCause(vm, together));
            groups.add(group);
        }
        for (var vm : wanting) {
            if (vm.causes().stream().anyMatch(Cause.Instructed.class::isInstance)) {
                groups.add(List.of(vm));
            }
        }
        groups.removeIf(List::isEmpty);
        groups.sort(Comparator.comparing(Budget::urgency));
        return groups;
    }

    private static boolean wants(Vm vm) {
        return !vm.causes().isEmpty() && vm.hindrance().isEmpty() && !isGone(vm);
    }

    private static boolean hasCause(Vm vm, Set<EventId> events) {
        for (var cause : vm.causes()) {
            if (cause instanceof Cause.Scheduled s && events.contains(s.event())) {
                return true;
            }
        }
        return false;
    }

    private static Instant urgency(List<Vm> group) {
        var earliest = Instant.MAX;
        for (var vm : group) {
            var deadline = vm.deadline();
            earliest = deadline.isBefore(earliest) ? deadline : earliest;
        }
        return earliest;
    }

    private static Duration longestDrain(List<Vm> group) {
        return group.stream()
                .flatMap(vm -> vm.causes().stream())
                .map(cause -> cause.terms().longestDrain())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private void decide(List<Vm> group) {
        var open = group.stream().filter(this::isUndecided).toList();
        var whole = refusal(open);
        if (whole.isEmpty()) {
            admit(open);
        } else if (world.now().plus(longestDrain(group)).isAfter(urgency(group))) {
            for (var vm : open) {
                refusal(List.of(vm))
                        .ifPresentOrElse(
                                why -> refusals.put(vm.id(), why), () -> admit(List.of(vm)));
            }
        } else {
            open.forEach(vm -> refusals.put(vm.id(), whole.get()));
        }
    }

    /** A VM of several events is judged once more with each, until one lets it go. */
    private boolean isUndecided(Vm vm) {
        return !admitted.contains(vm.id());
    }

    private void admit(List<Vm> group) {
        for (var vm : group) {
            admitted.add(vm.id());
            refusals.remove(vm.id());
            for (var member : vm.members()) {
                if (!isOut(vm, member)) {
                    staying.merge(member.id().pool(), -1, Integer::sum);
                    out.merge(member.id().pool(), 1, Integer::sum);
                }
            }
        }
    }

    /**
     * Why these may not all go; empty: they may. A member that is down already costs nothing. One
     * that is just coming back is among those who are out, so it costs nothing either, but the
     * others must be enough without it: it may be the one that serves.
     */
    private Optional<String> refusal(List<Vm> group) {
        var cost = new HashMap<PoolId, Integer>();
        for (var vm : group) {
            for (var m : vm.members()) {
                if (m.isIn() || m.isComing()) {
                    cost.merge(m.id().pool(), isOut(vm, m) ? 0 : 1, Integer::sum);
                }
            }
        }
        var pressed = group.stream().allMatch(this::mayGoBelow);
        for (var pool : world.pools()) {
            var members = cost.get(pool.id());
            if (members != null) {
                var refusal = refusal(pool, group, members, pressed);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * At the deadline of an event that takes the VM down anyway, unless the policy keeps it in. It
     * must be one and the same event: a freeze at its deadline does not let a VM go early for
     * another event that is still to come.
     */
    private boolean mayGoBelow(Vm vm) {
        for (var cause : vm.causes()) {
            if (cause instanceof Cause.Scheduled s
                    && s.inevitable()
                    && !world.now().isBefore(s.deadline())
                    && s.terms().belowMinimum() == Terms.BelowMinimum.TAKE_OUT) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> refusal(Pool pool, List<Vm> group, int cost, boolean pressed) {
        var in = staying.getOrDefault(pool.id(), 0);
        var gone = out.getOrDefault(pool.id(), 0);
        var name = pool.id().name();
        var inRotation = name + " has " + in + " of " + (in + gone) + " in rotation";
        if (in - cost < 1) {
            return Optional.of(inRotation + "; the last one always stays");
        }
        if (pressed) {
            return Optional.empty();
        }
        var unread = unread(pool.id());
        if (!unread.isEmpty()) {
            return Optional.of(
                    "%s: where %s stands is not known".formatted(name, String.join(", ", unread)));
        }
        if (in - cost < pool.minimum()) {
            return Optional.of(inRotation + ", minimum " + pool.minimum());
        }
        if (gone + cost > pool.mostOut() && !(pool.domainTogether() && isOneDomain(pool, group))) {
            return Optional.of(
                    "%s, %d may be out at once%s"
                            .formatted(inRotation, pool.mostOut(), whoIsOut(pool.id())));
        }
        return Optional.empty();
    }

    /**
     * Whether these and whoever of the pool is out already belong to one update domain, and were
     * announced together.
     */
    private boolean isOneDomain(Pool pool, List<Vm> group) {
        var out =
                vms.values().stream()
                        .filter(vm -> isOut(vm, pool.id()) || group.contains(vm))
                        .toList();
        var domains = out.stream().map(Vm::domain).distinct().toList();
        return domains.size() == 1
                && domains.getFirst().isPresent()
                && Together.of(world).stream()
                        .anyMatch(events -> out.stream().allMatch(vm -> hasCause(vm, events)));
    }

    private boolean isOut(Vm vm, PoolId pool) {
        return vm.any(member ->
                member.id().pool().equals(pool)
                        && (isOut(vm, member) || admitted.contains(vm.id())));
    }

    private List<String> unread(PoolId pool) {
        var names = new ArrayList<String>();
        for (var vm : vms.values()) {
            if (vm.isUnread() && vm.any(m -> m.id().pool().equals(pool))) {
                names.add(vm.name());
            }
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    private String whoIsOut(PoolId pool) {
        var names = new ArrayList<String>();
        for (var vm : vms.values()) {
            if (isOut(vm, pool)) {
                names.add(vm.name());
            }
        }
        names.sort(Comparator.naturalOrder());
        return names.isEmpty() ? "" : "; out: " + String.join(", ", names);
    }
}
