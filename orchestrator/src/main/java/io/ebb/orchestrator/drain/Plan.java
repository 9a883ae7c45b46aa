package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What should be done for everything that is open, decided from facts alone. Nothing is remembered
 * between two plans, so a crash, a lost message or somebody else's change is healed by the next.
 *
 * @param states where each VM stands
 * @param steps what to do next
 * @param next when the passing of time alone may change the plan
 */
public record Plan(Map<VmId, State> states, List<Step> steps, Optional<Instant> next) {

    /** Makes the plan. */
    public static Plan of(World world, Policy policy) {
        var refusals = Budget.refusals(world, policy);
        var states = new LinkedHashMap<VmId, State>();
        var steps = new ArrayList<Step>();
        for (var vm : world.vms()) {
            var state = State.of(vm, Optional.ofNullable(refusals.get(vm.id())));
            states.put(vm.id(), state);
            moves(vm, state, world.now()).forEach(steps::add);
        }
        for (var event : world.events()) {
            approval(event, states, policy, world.now())
                    .ifPresent(why -> steps.add(new Step.Approve(event.id(), why)));
        }
        return new Plan(
                Collections.unmodifiableMap(states), List.copyOf(steps), next(world, policy));
    }

    /** The steps of one VM in this state. */
    static Stream<Step> moves(Vm vm, State state, Instant now) {
        if (vm.isUnread()) {
            return Stream.empty(); // what is not known is not changed
        }
        return switch (state) {
            case State.Untouched _, State.Drained _ -> Stream.empty();
            case State.Draining _ ->
                    vm.members().stream()
                            .map(member -> out(vm, member, now))
                            .flatMap(Optional::stream);
            case State.Waiting _, State.Returning _ ->
                    vm.members(Member::isTaken)
                            .map(member -> back(vm, member))
                            .flatMap(Optional::stream);
        };
    }

    /** The next step of a member on its way out. */
    private static Optional<Step> out(Vm vm, Member member, Instant now) {
        if (member.standing() == Standing.OUT) {
            return Optional.empty();
        }
        return switch (member.strategy()) {
            case REMOVE -> Optional.of(new Step.TakeOut(member));
            case PROBE -> Optional.of(new Step.Quiesce(member));
            case QUIESCE_THEN_REMOVE -> {
                // Not even the probe stops new flows: at the deadline only the removal is left.
                var stubborn = member.isIn() && member.isGoing() && vm.pressed(now);
                var runOff = !member.isIn() && member.isGoing() && vm.connections().quiet();
                yield Optional.of(
                        stubborn || runOff ? new Step.TakeOut(member) : new Step.Quiesce(member));
            }
        };
    }

    /** The next step of a taken member on its way back. */
    private static Optional<Step> back(Vm vm, Member member) {
        if (member.isIn()) {
            return member.taken() == Taken.JUST_NOW
                    ? Optional.empty()
                    : Optional.of(new Step.Settle(member));
        }
        return vm.healthy() ? Optional.of(new Step.PutBack(member)) : Optional.empty();
    }

    /**
     * Why the event is to be approved now; empty: it is not. It is decided anew until a 2xx is
     * recorded, also after the order was handed out: a VM that came back into rotation meanwhile
     * stops the repetition.
     */
    static Optional<Why> approval(
            Event event, Map<VmId, State> states, Policy policy, Instant now) {
        if (!(event.notice() instanceof Notice.Scheduled)
                || !event.inSight()
                || event.acknowledged()) {
            return Optional.empty();
        }
        var vms =
                event.vms().stream()
                        .map(vm -> states.getOrDefault(vm, new State.Waiting("not one of Ebb's")))
                        .toList();
        var strangers =
                policy.unmanaged() == Policy.Unmanaged.BLOCK && !event.strangers().isEmpty();
        if (!vms.isEmpty()
                && !strangers
                && vms.stream().allMatch(State.Drained.class::isInstance)) {
            return Optional.of(Why.DRAINED);
        }
        return policy.approvesAnyway(event, vms, now);
    }

    private static Optional<Instant> next(World world, Policy policy) {
        var leads =
                world.events().stream()
                        .flatMap(event ->
                                event.notice() instanceof Notice.Scheduled(var notBefore)
                                        ? notBefore.stream()
                                        : Stream.empty())
                        .map(time -> time.minus(policy.lead()));
        var deadlines = world.events().stream().map(Event::deadline);
        return Stream.concat(leads, deadlines)
                .filter(time -> time.isAfter(world.now()))
                .min(Instant::compareTo);
    }
}
