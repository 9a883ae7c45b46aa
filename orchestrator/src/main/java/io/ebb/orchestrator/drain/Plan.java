package io.ebb.orchestrator.drain;

import io.ebb.orchestrator.drain.Instruction.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What should be done for everything that is open, decided from facts alone. Nothing is remembered
 * between two plans, so a crash, a lost message or somebody else's change is healed by the next.
 *
 * @param states where each VM stands
 * @param steps what to do next
 */
public record Plan(Map<VmId, State> states, List<Step> steps) {

    /** Makes the plan. */
    public static Plan of(World world) {
        var refusals = Budget.refusals(world);
        var states = new LinkedHashMap<VmId, State>();
        var steps = new ArrayList<Step>();
        for (var vm : world.vms()) {
            var state = State.of(vm, Optional.ofNullable(refusals.get(vm.id())));
            states.put(vm.id(), state);
            steps.addAll(moves(vm, state, world.now()));
        }
        for (var event : world.events()) {
            approval(event, states, world.now())
                    .ifPresent(why -> steps.add(new Step.Approve(event.id(), why)));
        }
        return new Plan(Collections.unmodifiableMap(states), List.copyOf(steps));
    }

    /** The steps of one VM in this state. */
    static List<Step> moves(Vm vm, State state, Instant now) {
        if (vm.isUnread()) {
            return List.of(); // what is not known is not changed
        }
        return switch (state) {
            case State.Untouched _, State.Drained _ -> List.of();
            case State.Draining _ -> moves(vm, member -> out(vm, member, now));
            case State.Waiting _, State.Returning _ ->
                    moves(vm, member -> member.isTaken() ? back(vm, member) : Optional.empty());
        };
    }

    private static List<Step> moves(Vm vm, Function<Member, Optional<Step>> next) {
        var steps = new ArrayList<Step>();
        vm.members().forEach(member -> next.apply(member).ifPresent(steps::add));
        return steps;
    }

    /** The next step of a member on its way out. */
    private static Optional<Step> out(Vm vm, Member member, Instant now) {
        return switch (member.standing()) {
            case GONE -> settle(member);
            // It was being put back: that is taken back before anything else.
            case OUT ->
                    member.taken() == Taken.BACK
                            ? Optional.of(new Step.TakeOut(member))
                            : Optional.empty();
            case IN, WAVERING, QUIESCED ->
                    Optional.of(
                            switch (member.strategy()) {
                                case REMOVE -> new Step.TakeOut(member);
                                case PROBE -> new Step.Quiesce(member);
                                case QUIESCE_THEN_REMOVE ->
                                        isReadyToLeave(vm, member, now)
                                                ? new Step.TakeOut(member)
                                                : new Step.Quiesce(member);
                            });
        };
    }

    /** Its flows ran off; or the deadline has come and not even the probe stops new ones. */
    private static boolean isReadyToLeave(Vm vm, Member member, Instant now) {
        return member.isGoing() && (member.mayServe() ? vm.pressed(now) : vm.connections().quiet());
    }

    /** The next step of a taken member on its way back. */
    private static Optional<Step> back(Vm vm, Member member) {
        return switch (member.standing()) {
            case GONE -> settle(member);
            case IN ->
                    switch (member.taken()) {
                        // Settled, it would be forgotten who keeps putting it back.
                        case LEFT -> vm.causes().isEmpty() ? settle(member) : Optional.empty();
                        case JUST_NOW -> Optional.empty();
                        case NO, YES, BACK -> settle(member);
                    };
            case WAVERING, QUIESCED, OUT -> {
                if (vm.healthy()) {
                    yield Optional.of(new Step.PutBack(member));
                }
                yield member.taken() == Taken.BACK
                        ? Optional.empty()
                        : Optional.of(new Step.Recall(member));
            }
        };
    }

    private static Optional<Step> settle(Member member) {
        return member.isTaken() ? Optional.of(new Step.Settle(member)) : Optional.empty();
    }

    /**
     * Why the event is to be approved now; empty: it is not. It is decided anew until a 2xx is
     * recorded, also after the order was handed out: a VM that came back into rotation meanwhile
     * stops the repetition. An event that is no cause yet is not approved, although its VMs may be
     * out for another: they return when that one is gone. Neither is one that is a cause only
     * because an operator approved it and took that back.
     */
    static Optional<Why> approval(Event event, Map<VmId, State> states, Instant now) {
        if (!(event.notice() instanceof Notice.Scheduled)
                || !event.inSight()
                || event.acknowledged()
                || event.isAsked(Kind.HOLD)
                || event.isAsked(Kind.CANCEL)) {
            return Optional.empty();
        }
        if (event.isAsked(Kind.APPROVE) && event.terms().approve() != Terms.Approve.NEVER) {
            return Optional.of(Why.OPERATOR);
        }
        if (!event.isDue(now)) {
            return Optional.empty();
        }
        return switch (event.terms().approve()) {
            case AT_ONCE -> Optional.of(Why.AT_ONCE);
            case WHEN_DRAINED -> asDrained(event, states).or(() -> atDeadline(event, now));
            case BY_OPERATOR, NEVER -> Optional.empty();
        };
    }

    private static Optional<Why> asDrained(Event event, Map<VmId, State> states) {
        var blocked =
                event.terms().unmanaged() == Terms.Unmanaged.BLOCK && !event.strangers().isEmpty();
        if (blocked || event.vms().isEmpty()) {
            return Optional.empty();
        }
        var assumed = EnumSet.noneOf(Assumption.class);
        for (var vm : event.vms()) {
            if (!(states.get(vm) instanceof State.Drained drained)) {
                return Optional.empty();
            }
            drained.assumed().ifPresent(assumed::add);
        }
        if (assumed.contains(Assumption.NO_AGENT)) {
            return Optional.of(Why.ASSUMED).filter(_ -> event.terms().approveWithoutAgent());
        }
        return Optional.of(assumed.isEmpty() ? Why.DRAINED : Why.ASSUMED_UDP);
    }

    /**
     * Whether the policy has this event approved now because its deadline has come, drained or not.
     * Nobody is asked to shorten the half minute that a Preempt leaves.
     */
    public static Optional<Why> atDeadline(Event event, Instant now) {
        var opted =
                event.terms().atDeadline() == Terms.AtDeadline.APPROVE
                        && event.type() != EventType.PREEMPT;
        return opted && !event.vms().isEmpty() && !now.isBefore(event.deadline())
                ? Optional.of(Why.AT_DEADLINE)
                : Optional.empty();
    }
}
