package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Policy;
import io.ebb.orchestrator.drain.Pool;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings say, as the control loop uses them.
 *
 * @param enforce false: decide and record only, touch nothing
 * @param healthyChecks how many checks in a row must have called a VM healthy before it goes back;
 *     agents check once a second
 * @param pools by the pool's name; others follow {@code pool}
 */
public record Rules(
        boolean enforce,
        Policy policy,
        int healthyChecks,
        PoolRule pool,
        Map<String, PoolRule> pools) {

    public Rules {
        pools = Map.copyOf(pools);
    }

    /** The rule of one pool. */
    public PoolRule of(PoolId id) {
        return pools.getOrDefault(id.name(), pool);
    }

    /**
     * One pool's rule.
     *
     * @param strategy empty: chosen by what the pool offers
     * @param minimum members, or percent of them (rounded up), that must stay in rotation
     * @param mostOut members that may be out at once
     * @param allowOutboundLoss whether a VM may leave a pool that gives it its way out
     */
    public record PoolRule(
            Optional<Strategy> strategy,
            int minimum,
            boolean percent,
            int mostOut,
            boolean allowOutboundLoss) {

        /** Minimum one, most out one. */
        public static final PoolRule DEFAULT = new PoolRule(Optional.empty(), 1, false, 1, false);

        /** The budget of a pool with so many members. */
        public Pool budget(PoolId id, int members) {
            var floor = percent ? (members * minimum + 99) / 100 : minimum;
            return new Pool(id, floor, mostOut);
        }
    }
}
