package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.network.fluent.models.BackendAddressPoolInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancerInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancingRuleInner;
import com.azure.resourcemanager.network.models.TransportProtocol;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PoolFactsTest {
    private static final String POOL = "/lb/backendAddressPools/web";
    private static final LoadBalancingRuleInner WEB = rule(TransportProtocol.TCP, 8080);
    private static final LoadBalancingRuleInner DNS = rule(TransportProtocol.UDP, 53);
    private static final LoadBalancingRuleInner HA_PORTS = rule(TransportProtocol.ALL, 0);

    private static LoadBalancingRuleInner rule(TransportProtocol protocol, int port) {
        return new LoadBalancingRuleInner()
                .withProtocol(protocol)
                .withFrontendPort(port)
                .withBackendPort(port)
                .withBackendAddressPools(List.of(new SubResource().withId(POOL)));
    }

    private static KnownPool pool(LoadBalancingRuleInner... rules) {
        return PoolFacts.of(
                        new LoadBalancerInner().withLoadBalancingRules(List.of(rules)),
                        new BackendAddressPoolInner().withId(POOL),
                        Optional.empty())
                .known();
    }

    @Test
    void theBackendPortsOfTcpAreCounted() {
        var pool = pool(rule(TransportProtocol.TCP, 8443), WEB, WEB);
        assertThat(pool.ports()).containsExactly(8080, 8443);
        assertThat(pool.udpOnly()).isFalse();
    }

    @Test
    void aRuleOfHaPortsMeansEveryPort() {
        assertThat(pool(HA_PORTS).ports()).containsExactly(Inventory.EVERY_PORT);
        assertThat(pool(HA_PORTS).udpOnly()).isFalse();
        assertThat(pool(WEB, HA_PORTS).ports()).containsExactly(Inventory.EVERY_PORT, 8080);
    }

    @Test
    void aPortOfUdpIsNoneOfThoseThatAgentsCount() {
        assertThat(pool(DNS, WEB).ports()).containsExactly(8080);
        assertThat(pool(DNS, WEB).udpOnly()).isFalse();
    }

    @Test
    void aPoolWhoseRulesCarryUdpOnlyIsKnownForIt() {
        assertThat(pool(DNS).ports()).isEmpty();
        assertThat(pool(DNS).udpOnly()).isTrue();
    }

    @Test
    void aPoolWithoutARuleIsNotOneOfUdp() {
        assertThat(pool().ports()).isEmpty();
        assertThat(pool().udpOnly()).isFalse();
    }

    @Test
    void aProtocolThatIsNotKnownIsTakenForOneThatCanBeCounted() {
        assertThat(pool(rule(TransportProtocol.fromString("Quic"), 443)).ports())
                .containsExactly(443);
    }
}
