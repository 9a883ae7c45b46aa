package io.ebb.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.simulator.scenario.LoadBalancer.FlowsOnRemoval;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class ScenarioReaderTest {

    @Test
    void nothingWrittenMeansTheBuiltInScenario() {
        var scenario = ScenarioReader.read("");

        assertThat(scenario).isEqualTo(Scenario.builtIn());
        assertThat(scenario.vms()).extracting(Vm::name).containsExactly("web-0", "web-1", "web-2");
        assertThat(scenario.availabilitySet()).contains("web");
        assertThat(scenario.timings().nicPut()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whatIsWrittenReplacesTheDefault() {
        var scenario =
                ScenarioReader.read(
                        """
                        availabilitySet: null
                        vms: [{ name: a, address: 127.0.2.1 }]
                        loadBalancer: { flowsOnRemoval: keep, probe: { interval: 250ms } }
                        """);

        assertThat(scenario.availabilitySet()).isEmpty();
        assertThat(scenario.vms()).containsExactly(new Vm("a", "127.0.2.1", 0, 0));
        assertThat(scenario.loadBalancer().flowsOnRemoval()).isEqualTo(FlowsOnRemoval.KEEP);
        assertThat(scenario.loadBalancer().probe().interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(scenario.loadBalancer().pool()).isEqualTo("web");
        assertThat(scenario.loadBalancer().protocol()).isEqualTo(LoadBalancer.Protocol.Tcp);
    }

    @Test
    void anOverrideWinsOverTheFile() {
        var scenario =
                ScenarioReader.read(
                        "timings: { settle: 1s, boot: 3s }",
                        Map.of("timings.settle", "2m", "natGateway", "false"));

        assertThat(scenario.timings().settle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(scenario.timings().boot()).isEqualTo(Duration.ofSeconds(3));
        assertThat(scenario.natGateway()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timings: { setle: 1s } | timings.setle: unknown key",
                "timings: { settle: soon } | timings.settle: expected a duration",
                "loadBalancer: { probe: { port: x } } | loadBalancer.probe.port: expected an int",
                "addresses: { arm: nowhere } | addresses.arm: expected host:port",
                "vms: [{ name: a }] | vms[0].address: is missing",
                "vms: [] | vms: expected at least one",
                "vms: [{name: a, address: x}, {name: A, address: y}] | vms[1].name: is used twice",
                "natGateway: maybe | natGateway: expected true or false",
                "loadBalancer: { distribution: Odd } | loadBalancer.distribution: expected one of",
                "[1, 2] | scenario: expected a map",
                "a: b: c | scenario: ",
            })
    void aMistakeIsNamedByItsPath(String yaml, String message) {
        assertThatThrownBy(() -> ScenarioReader.read(yaml))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(message);
    }
}
