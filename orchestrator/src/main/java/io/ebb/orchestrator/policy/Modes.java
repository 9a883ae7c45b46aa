package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.PoolId;
import java.util.Map;

/**
 * Where Ebb acts.
 *
 * @param usual in a pool of which nothing is said
 * @param pools by the pool's name, in lower case
 */
public record Modes(Mode usual, Map<String, Mode> pools) {
    public Modes {
        pools = Map.copyOf(pools);
    }

    /** The same everywhere. */
    static Modes of(boolean enforce) {
        return new Modes(enforce ? Mode.ENFORCE : Mode.OBSERVE, Map.of());
    }

    /** Whether Ebb acts in this pool; else it decides and records, and touches nothing there. */
    public boolean enforces(PoolId pool) {
        return pools.getOrDefault(pool.name(), usual) == Mode.ENFORCE;
    }

    /** Whether Ebb acts anywhere. */
    boolean enforce() {
        return usual == Mode.ENFORCE || pools.containsValue(Mode.ENFORCE);
    }
}
