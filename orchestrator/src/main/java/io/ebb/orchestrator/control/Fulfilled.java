package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.VmId;
import java.util.ArrayList;
import java.util.List;

/**
 * Instructions that have nothing more to say: the VM is back, the event is gone. A hold and a
 * cancellation stand, because the EventId may come back.
 */
final class Fulfilled {
    private Fulfilled() {}

    static List<String> of(Sight sight, Plan plan) {
        var fulfilled = new ArrayList<String>();
        for (var word : sight.open().instructions()) {
            if (isFulfilled(word, sight, plan)) {
                fulfilled.add(word.id());
            }
        }
        return fulfilled;
    }

    private static boolean isFulfilled(Instruction word, Sight sight, Plan plan) {
        return switch (word.target()) {
            case Target.OfVm(var vm) -> word.kind() == Kind.PUT_BACK && isBack(vm, plan);
            case Target.OfEvent(var event) -> word.kind() == Kind.APPROVE && isGone(event, sight);
        };
    }

    private static boolean isBack(VmId vm, Plan plan) {
        return plan.states().get(vm) instanceof State.Untouched;
    }

    private static boolean isGone(EventId event, Sight sight) {
        var row = sight.events().get(event);
        return row == null || row.status().equals(Events.GONE);
    }
}
