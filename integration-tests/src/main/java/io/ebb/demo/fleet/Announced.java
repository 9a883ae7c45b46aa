package io.ebb.demo.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A scheduled event as the simulator knows it.
 *
 * @param notBefore when the platform starts it without waiting for anybody
 * @param approvedAt when somebody approved it
 * @param startedAt when it started, approved or not
 * @param goneAt when it left the document
 */
public record Announced(
        String id,
        String type,
        List<String> vms,
        Instant notBefore,
        Optional<Instant> approvedAt,
        Optional<Instant> startedAt,
        Optional<Instant> goneAt) {
    public Announced {
        vms = List.copyOf(vms);
    }
}
