package io.ebb.integration.scenario;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.OperatorApi;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Behind rules that carry something else than TCP on one port. A second application of the VM
 * listens where no rule names its port, and one client stays connected to it.
 */
@Timeout(120)
class PortsScenarioTest {
    private static final String VM = "web-1";

    /** Longer than no connection must have been seen before a VM is quiet. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    @Test
    void behindHaPortsAVmIsDrainedOnlyWhenItsLastConnectionOnAnyPortIsClosed() throws IOException {
        try (var grounds = Grounds.take("ha-ports")) {
            var ebb = Ebb.start(grounds, "All");
            try (var client = Client.connect(grounds)) {
                var event = ebb.rebootSoon();
                soon("it is out of rotation", () -> !ebb.simulator.inRotation(VM));
                var out = Instant.now();
                soon("its agent goes on to report", () -> ebb.heard().isAfter(out.plus(QUIET)));
                assertThat(ebb.vm().path("why").asText())
                        .isEqualTo("leaving its pools, 1 connection");
                assertThat(ebb.simulator.event(event).approvedAt()).isEmpty();

                var closing = Instant.now();
                client.leave();
                ebb.isOver(event);
                assertThat(ebb.simulator.event(event).approvedAt().orElseThrow()).isAfter(closing);
                assertThat(ebb.approval(event)).isEqualTo("every VM of it is drained");
            }
        }
    }

    @Test
    void behindUdpAloneAVmIsTakenForDrainedAfterTheQuietTime() throws IOException {
        try (var grounds = Grounds.take("udp")) {
            var ebb = Ebb.start(grounds, "Udp");
            try (var _ = Client.connect(grounds)) {
                var event = ebb.rebootSoon();
                ebb.isOver(event);
                assertThat(ebb.approval(event))
                        .isEqualTo(
                                "every VM of it is drained, one by assumption only: its pools carry"
                                        + " UDP, which nobody can count");
            }
        }
    }

    private record Ebb(Simulator simulator, OperatorApi api) {
        static Ebb start(Grounds grounds, String protocol) {
            var simulator =
                    Simulator.startFor(
                            protocol,
                            grounds.house(),
                            grounds.children(),
                            grounds.site(),
                            "fleet",
                            Pace.QUICK);
            var orchestrator =
                    Orchestrator.start(
                            grounds.house(),
                            grounds.children(),
                            grounds.site(),
                            simulator,
                            Pace.QUICK);
            // No metadata service but a simulated one listens on its VM, and its agent is a client.
            var excluded = "--exclude-ports=22," + grounds.site().metadataPort();
            new Fleet(simulator, orchestrator)
                    .withAgents(grounds.house(), grounds.site(), List.of(excluded));
            return new Ebb(simulator, orchestrator.api());
        }

        String rebootSoon() {
            return simulator.announce("Reboot", VM, Duration.ofMinutes(5), Duration.ofSeconds(1));
        }

        /** The VM as an operator sees it. */
        JsonNode vm() {
            return api.vms().stream()
                    .filter(vm -> vm.path("name").asText().equals(VM))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
        }

        /** When its agent reported last. */
        Instant heard() {
            return Instant.parse(vm().at("/agent/lastHeard").asText("1970-01-01T00:00:00Z"));
        }

        void isOver(String event) {
            soon("it is approved", () -> simulator.event(event).approvedAt().isPresent());
            soon("it is over", () -> simulator.event(event).goneAt().isPresent());
            soon(VM + " is back", () -> simulator.inRotation(VM));
        }

        /** Why the event was approved, as the timeline of the VM's drain says. */
        String approval(String event) {
            var drain = api.drains().getFirst().path("id").asText();
            return api.timeline(drain, 0).stream()
                    .filter(entry -> entry.path("type").asText().equals("Approving"))
                    .map(entry -> entry.path("message").asText())
                    .collect(Collectors.joining(", "))
                    .replace("approving Reboot " + event + ": ", "");
        }
    }

    /** A client of the VM's second application, and the application's end of the connection. */
    private record Client(ServerSocket application, Socket near, Socket far)
            implements AutoCloseable {
        static Client connect(Grounds grounds) throws IOException {
            var address = InetAddress.ofLiteral(grounds.site().address(VM));
            var application = new ServerSocket(0, 1, address);
            var near = new Socket(address, application.getLocalPort());
            return new Client(application, near, application.accept());
        }

        void leave() throws IOException {
            near.close();
            far.close();
        }

        @Override
        public void close() throws IOException {
            leave();
            application.close();
        }
    }
}
