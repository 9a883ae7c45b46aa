package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A backend pool.
 *
 * @param ports backend ports of its rules that carry TCP; 0: every port that a VM listens on
 * @param strategy how its members go out; empty while it has none
 * @param minimum members that must stay in rotation
 * @param mostOut members that may be out at once
 * @param budgetLeft how many more may go out now
 * @param inRotation members that receive new flows
 * @param out members that do not, for whatever reason
 * @param outbound why a VM that leaves it loses its way out, if so
 */
@Serdeable
record PoolView(
        String name,
        String resourceId,
        List<Integer> ports,
        Optional<String> strategy,
        int minimum,
        int mostOut,
        int inRotation,
        int out,
        int budgetLeft,
        Optional<String> outbound,
        List<Place> members) {

    /**
     * A VM's place in the pool.
     *
     * @param standing {@code in}, {@code wavering}, {@code quiesced} or {@code out}
     * @param taken whether Ebb took it out
     * @param state the VM's state
     */
    @Serdeable
    record Place(String vm, String vmId, String standing, boolean taken, String state) {}

    static PoolView of(KnownPool pool, Latest.View view) {
        var members = members(pool.id(), view);
        var in = (int) members.stream().filter(Member::isIn).count();
        var out = members.size() - in;
        var budget =
                view.world().pools().stream()
                        .filter(known -> known.id().equals(pool.id()))
                        .findFirst();
        var minimum = budget.map(known -> known.minimum()).orElse(0);
        var mostOut = budget.map(known -> known.mostOut()).orElse(0);
        // The last one always stays, whatever the minimum says.
        var left = Math.max(0, Math.min(mostOut - out, in - Math.max(1, minimum)));
        return new PoolView(
                pool.id().name(),
                pool.resourceId(),
                pool.ports(),
                members.stream().findFirst().map(member -> kebab(member.strategy())),
                minimum,
                mostOut,
                in,
                out,
                left,
                pool.outbound(),
                places(pool.id(), view));
    }

    private static List<Member> members(PoolId pool, Latest.View view) {
        return view.world().vms().stream()
                .flatMap(vm -> vm.members(member -> member.id().pool().equals(pool)))
                .toList();
    }

    private static List<Place> places(PoolId pool, Latest.View view) {
        return view.world().vms().stream()
                .flatMap(vm ->
                        vm.members(member -> member.id().pool().equals(pool))
                                .map(member ->
                                        new Place(
                                                vm.name(),
                                                vm.id().value(),
                                                DrainViews.word(member.standing()),
                                                member.isTaken(),
                                                VmView.word(view, vm.id()))))
                .toList();
    }

    private static String kebab(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
