package io.ebb.simulator.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ebb.simulator.scenario.LoadBalancer.Protocol;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules that carry something else than TCP on one port. */
@Timeout(60)
class ProtocolTest {

    @Test
    void aRuleOfHaPortsPassesAFlowOnToThePortThatItsClientAskedFor() throws IOException {
        try (var world = new BalancerWorld("reset", Protocol.All)) {
            var rule = world.balancerTree().at("/properties/loadBalancingRules/0/properties");
            assertThat(rule.path("protocol").asText()).isEqualTo("All");
            assertThat(rule.path("frontendPort").asInt(-1)).isZero();
            assertThat(rule.path("backendPort").asInt(-1)).isZero();

            world.up();
            assertThat(BalancerWorld.ADDRESSES).contains(world.backendOf("127.0.4.1"));
        }
    }

    @Test
    void noTcpPassesByARuleOfUdpThoughItsMembersAreUp() throws IOException {
        try (var world = new BalancerWorld("reset", Protocol.Udp)) {
            world.up();
            assertThatIOException()
                    .isThrownBy(() -> world.backendOf("127.0.4.1"))
                    .withMessageContaining("reset");
        }
    }
}
