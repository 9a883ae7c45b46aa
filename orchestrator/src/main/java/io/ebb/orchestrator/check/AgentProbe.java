package io.ebb.orchestrator.check;

import io.ebb.protocol.Report;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Where the agents serve the endpoint that a load balancer's probe can point at; it is what the
 * agents' own setting {@code probe} says.
 */
@ConfigurationProperties("ebb.agent-probe")
public record AgentProbe(
        @Bindable(defaultValue = "8090") int port,
        @Bindable(defaultValue = "/healthz") String path) {

    /** As an agent would report it. */
    Report.Probe asReported() {
        return new Report.Probe(port, path, true, Duration.ZERO);
    }
}
