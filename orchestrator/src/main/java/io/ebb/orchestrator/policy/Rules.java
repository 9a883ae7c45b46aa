package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.PoolId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the operator wants, as the control loop uses it.
 *
 * @param modes where Ebb acts
 * @param policy the terms for each event
 * @param healthyChecks how many checks in a row must have called a VM healthy before it goes back;
 *     agents check once a second
 * @param returnWithin a VM that should be back and is not for so long is parked
 * @param ignoreSources whose connections do not count: ranges in CIDR notation
 * @param remaining numbers of connections above zero that some terms let remain
 * @param pool what holds for a pool of which nothing is said
 * @param pools by the pool's name; others follow {@code pool}
 */
public record Rules(
        Modes modes,
        Policy policy,
        int healthyChecks,
        Duration returnWithin,
        List<String> ignoreSources,
        List<Integer> remaining,
        PoolRule pool,
        Map<String, PoolRule> pools) {

    public Rules {
        ignoreSources = List.copyOf(ignoreSources);
        remaining = List.copyOf(remaining);
        pools = Map.copyOf(pools);
    }

    /** One policy for every pool, and what is usual in everything else. */
    public static Rules of(boolean enforce, Policy policy, PoolRule pool) {
        return new Rules(
                Modes.of(enforce),
                policy,
                3,
                Duration.ofMinutes(15),
                List.of(),
                List.of(),
                pool,
                Map.of());
    }

    /** Whether Ebb acts anywhere; else it decides and records only, and touches nothing. */
    public boolean enforce() {
        return modes.enforce();
    }

    /** The rule of one pool. */
    public PoolRule of(PoolId id) {
        return pools.isEmpty() ? pool : pools.getOrDefault(id.name(), pool);
    }
}
