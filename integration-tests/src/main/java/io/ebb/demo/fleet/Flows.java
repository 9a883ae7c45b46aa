package io.ebb.demo.fleet;

import java.time.Instant;
import java.util.Map;

/**
 * The connections that were open through the load balancer at one time.
 *
 * @param open per VM, summed over its pools; a VM that is no member and has none is absent
 */
public record Flows(Instant at, Map<String, Integer> open) {
    public Flows {
        open = Map.copyOf(open);
    }

    public int of(String vm) {
        return open.getOrDefault(vm, 0);
    }
}
