package io.ebb.orchestrator.check;

import io.ebb.protocol.Report;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Where the agents serve the endpoint that a load balancer's probe can point at; it is what the
 * agents' own setting {@code probe} says.
 *
 * @param port where the agents serve the endpoint for the probe; only {@code check} reads it
 * @param path the path of the agents' endpoint for the probe; only {@code check} reads it
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
