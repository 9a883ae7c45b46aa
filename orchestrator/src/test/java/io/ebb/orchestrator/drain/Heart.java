package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The four decisions of the heart, so that a test can put a wrong one in its place. */
interface Heart {
    /** The real ones. */
    Heart REAL = new Heart() {};

    default State state(Vm vm, Optional<String> refused) {
        return State.of(vm, refused);
    }

    default List<Step> moves(Vm vm, State state, Instant now) {
        return Plan.moves(vm, state, now);
    }

    default Optional<Why> approval(Event event, Map<VmId, State> states, Instant now) {
        return Plan.approval(event, states, now);
    }

    default Map<VmId, String> refusals(World world) {
        return Budget.refusals(world);
    }
}
