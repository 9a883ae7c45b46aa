package io.ebb.orchestrator.drain;

import io.ebb.orchestrator.drain.Cases.Case;
import io.ebb.orchestrator.drain.Cases.Leave;
import io.ebb.orchestrator.drain.Cases.Reason;
import java.util.ArrayList;
import java.util.List;

/** The rules that must never break, as they show in one VM's case. */
final class Laws {
    private Laws() {}

    /** The laws that a heart breaks in this case; empty: none. */
    static List<String> broken(Heart heart, Case c) {
        var state = heart.state(c.vm(), c.leave().refused());
        var steps = heart.moves(c.vm(), state, Cases.NOW);
        var broken = new ArrayList<String>();
        check(broken, drainedIsDrained(c, state), "drained means out everywhere, and quiet", c);
        check(broken, onlyWithCauseAndRoom(c, steps), "nothing leaves without cause and room", c);
        check(broken, onlyWhatWasTaken(steps), "what others took out is never put back", c);
        check(broken, onlyHealthyReturns(c, steps), "only a healthy VM goes back", c);
        check(broken, flowsRunOff(c, steps), "a quiesced member leaves when its flows ran off", c);
        check(broken, settledIsIn(c, steps), "settled means in, with no write under way", c);
        check(broken, unknownIsLeftAlone(c, steps), "what is not known is not changed", c);
        check(broken, untouchedStays(c, steps), "nothing is done without a cause", c);
        check(broken, somethingHappens(c, state, steps), "no case is stuck", c);
        return broken;
    }

    private static void check(List<String> broken, boolean holds, String law, Case c) {
        if (!holds) {
            broken.add(law + ": " + c);
        }
    }

    private static boolean drainedIsDrained(Case c, State state) {
        return !(state instanceof State.Drained)
                || (c.reason() != Reason.NONE
                        && !c.vm().members().isEmpty()
                        && isQuiet(c)
                        && c.vm().members().stream().allMatch(Laws::isOut));
    }

    private static boolean isQuiet(Case c) {
        return c.vm().connections() instanceof Connections.Quiet
                || c.vm().connections() instanceof Connections.Assumed;
    }

    /** Spelled out anew, not by {@link Member#isLeaving}. */
    private static boolean isOut(Member member) {
        var held = member.taken() == Taken.YES || member.taken() == Taken.JUST_NOW;
        return switch (member.standing()) {
            case IN, WAVERING -> false;
            case QUIESCED -> member.strategy() == Strategy.PROBE && held;
            case OUT -> member.taken() != Taken.BACK && member.taken() != Taken.NO;
            case GONE -> true;
        };
    }

    private static boolean onlyWithCauseAndRoom(Case c, List<Step> steps) {
        var leaves =
                steps.stream()
                        .anyMatch(s -> s instanceof Step.TakeOut || s instanceof Step.Quiesce);
        return !leaves || (c.reason() != Reason.NONE && c.leave() == Leave.FREE);
    }

    private static boolean onlyWhatWasTaken(List<Step> steps) {
        return steps.stream()
                .allMatch(step ->
                        switch (step) {
                            case Step.PutBack(var m) -> m.taken() != Taken.NO;
                            case Step.Settle(var m) -> m.taken() != Taken.NO;
                            default -> true;
                        });
    }

    private static boolean onlyHealthyReturns(Case c, List<Step> steps) {
        return c.vm().healthy() || steps.stream().noneMatch(Step.PutBack.class::isInstance);
    }

    private static boolean flowsRunOff(Case c, List<Step> steps) {
        return steps.stream()
                .allMatch(step ->
                        !(step instanceof Step.TakeOut(var member))
                                || member.strategy() == Strategy.REMOVE
                                || member.standing() == Standing.OUT
                                || isQuiet(c)
                                || (c.reason() == Reason.AT_DEADLINE
                                        && (member.standing() == Standing.IN
                                                || member.standing() == Standing.WAVERING)));
    }

    /** What is gone for good is settled too: nobody can put it back. */
    private static boolean settledIsIn(Case c, List<Step> steps) {
        return steps.stream()
                .allMatch(step ->
                        !(step instanceof Step.Settle(var m))
                                || m.standing() == Standing.GONE
                                || (m.standing() == Standing.IN
                                        && m.taken() != Taken.NO
                                        && m.taken() != Taken.JUST_NOW
                                        && (m.taken() != Taken.LEFT || c.reason() == Reason.NONE)));
    }

    private static boolean unknownIsLeftAlone(Case c, List<Step> steps) {
        return c.leave() != Leave.UNREAD || steps.isEmpty();
    }

    private static boolean untouchedStays(Case c, List<Step> steps) {
        var nothing = c.vm().members().stream().noneMatch(m -> m.taken() != Taken.NO);
        return c.reason() != Reason.NONE || !nothing || steps.isEmpty();
    }

    /** Each member that has further to go has a step, or waits for a fact that will change. */
    private static boolean somethingHappens(Case c, State state, List<Step> steps) {
        return switch (state) {
            case State.Draining _ ->
                    c.vm().members().stream()
                            .allMatch(m -> isOut(m) || steps.stream().anyMatch(s -> isOn(s, m)));
            case State.Returning _ ->
                    !c.vm().healthy()
                            || c.leave() == Leave.UNREAD
                            || c.vm().members().stream()
                                    .filter(m -> m.taken() == Taken.YES || m.taken() == Taken.BACK)
                                    .allMatch(m -> steps.stream().anyMatch(s -> isOn(s, m)));
            case State.Untouched _ -> c.reason() == Reason.NONE;
            case State.Waiting _ -> c.leave() != Leave.FREE || c.vm().members().isEmpty();
            case State.Drained _ -> true;
        };
    }

    private static boolean isOn(Step step, Member member) {
        return step instanceof Step.OnMember on && on.member().equals(member);
    }
}
