package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.pool.Inventory;
import java.util.List;
import java.util.Optional;

/** What the last turn saw and decided, or would have decided, for operators to read. */
public interface Latest {
    /** The last turn's view; empty before the first. */
    Optional<View> view();

    /** Why the last turn failed; empty when it did not. */
    Optional<String> problem();

    /**
     * What resources say that Ebb took out, and that neither the ledger accounts for nor a turn
     * puts right; each in words. Only the replica that plans looks for them.
     */
    default List<String> unaccounted() {
        return List.of();
    }

    /**
     * One turn's view.
     *
     * @param world what was seen
     * @param plan what was decided from it
     * @param fleet the inventory it was seen with
     */
    record View(World world, Plan plan, Inventory.Fleet fleet) {}
}
