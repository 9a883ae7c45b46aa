package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.Pool;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import java.util.Optional;

/**
 * What holds for one pool.
 *
 * @param strategy empty: chosen by what the pool offers
 * @param minimum members, or percent of them (rounded up), that must stay in rotation
 * @param mostOut members that may be out at once
 * @param domainTogether whether the VMs of one update domain may exceed that together
 * @param allowOutboundLoss whether a VM may leave a pool that gives it its way out
 */
public record PoolRule(
        Optional<Strategy> strategy,
        int minimum,
        boolean percent,
        int mostOut,
        boolean domainTogether,
        boolean allowOutboundLoss) {

    /** Minimum one, most out one. */
    public static final PoolRule DEFAULT =
            new PoolRule(Optional.empty(), 1, false, 1, false, false);

    /** The budget of a pool with so many members. */
    public Pool budget(PoolId id, int members) {
        var floor = percent ? (members * minimum + 99) / 100 : minimum;
        return new Pool(id, floor, mostOut, domainTogether);
    }
}
