package io.ebb.orchestrator.check;

import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.Inventory.Probe;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Locale;

/**
 * Where the agents serve the endpoint that a load balancer's probe can point at; it is what the
 * agents' own setting {@code probe} says.
 */
@ConfigurationProperties("ebb.agent-probe")
public record AgentProbe(
        @Bindable(defaultValue = "8090") int port,
        @Bindable(defaultValue = "/healthz") String path) {

    /** Whether the agent can stop all new flows of the pool by failing its probes. */
    boolean governs(KnownPool pool) {
        return pool.everyRuleProbed()
                && !pool.probes().isEmpty()
                && pool.probes().stream().allMatch(this::answers);
    }

    /** A TCP probe only sees whether the port is open, and the agent's always is. */
    private boolean answers(Probe probe) {
        return probe.protocol().toLowerCase(Locale.ROOT).startsWith("http")
                && probe.port() == port
                && probe.path().equals(path);
    }
}
