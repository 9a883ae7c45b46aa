package io.ebb.integration.artefact;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.House;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.integration.azure.Deployer;
import io.ebb.integration.scenario.Grounds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The templates of {@code deploy/azure}, deployed to the simulated Azure by the SDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class AzureTemplatesTest {
    private static final List<String> ROLES =
            List.of("aaaaaaaa-0000-0000-0000-000000000001", "aaaaaaaa-0000-0000-0000-000000000002");

    private Grounds grounds;
    private Deployer azure;
    private Fleet fleet;
    private Map<String, String> identity;

    @BeforeAll
    void deploy() throws IOException {
        grounds = Grounds.take("azure-templates");
        var house = grounds.house();
        var simulator =
                Simulator.startEmpty(
                        house, grounds.children(), grounds.site(), "fleet", Pace.QUICK);
        azure =
                new Deployer(
                        "https://127.0.0.1:" + grounds.site().armPort(), simulator.certificate());
        identity =
                azure.deploy(
                        "identity",
                        template("identity"),
                        Map.of("roles", VmsParameters.texts(ROLES)));
        var orchestrator =
                Orchestrator.start(
                        house,
                        grounds.children(),
                        grounds.site(),
                        simulator,
                        Pace.QUICK,
                        Map.of("AZURE_CLIENT_ID", identity.getOrDefault("clientId", "")));
        fleet = new Fleet(simulator, orchestrator);
        azure.deploy("vms", template("vms"), parameters(orchestrator.enroll(Site.VMS)));
        // It would find the VMs within a minute; one that starts looks at once.
        orchestrator.killAndStart();
        orchestrator.awaitReady();
        for (var vm : Site.VMS) {
            fleet.install(house, vm, cloudInit(vm).agentSettings());
        }
        simulator.awaitRotation();
        soon("Ebb knows every VM", () -> orchestrator.api().vms().size() == Site.VMS.size());
    }

    @AfterAll
    void stop() {
        grounds.close();
    }

    private static JsonNode template(String name) {
        return Yaml.read(House.here().root().resolve("deploy/azure/" + name + ".json"));
    }

    private CloudInit cloudInit(String vm) {
        return CloudInit.of(fleet.simulator().customData(vm));
    }

    private Map<String, JsonNode> parameters(List<String> joins) {
        var group = identity.getOrDefault("id", "").split("/providers/", 2)[0];
        return VmsParameters.of(grounds.site(), group, joins);
    }

    @Test
    void theIdentityHasItsRolesInTheResourceGroup() throws IOException {
        var assignments = azure.get("Microsoft.Authorization/roleAssignments").path("value");
        assertThat(assignments)
                .hasSize(ROLES.size())
                .allSatisfy(assignment ->
                        assertThat(assignment.at("/properties/principalId").asText())
                                .isEqualTo(identity.get("principalId")));
        for (var role : ROLES) {
            assertThat(assignments)
                    .anyMatch(assignment ->
                            assignment.at("/properties/roleDefinitionId").asText().endsWith(role));
        }
    }

    @Test
    void theProbeAsksTheAgentsAndNoVmHasItsWayOutThroughThePool() throws IOException {
        var balancer = azure.get("Microsoft.Network/loadBalancers/lb").path("properties");
        assertThat(balancer.at("/probes/0/properties/port").asInt())
                .isEqualTo(grounds.site().healthzPort());
        assertThat(balancer.at("/probes/0/properties/requestPath").asText()).isEqualTo("/healthz");
        assertThat(balancer.at("/loadBalancingRules/0/properties/disableOutboundSnat").asBoolean())
                .isTrue();
        assertThat(balancer.at("/backendAddressPools/0/properties/backendIPConfigurations"))
                .hasSameSizeAs(Site.VMS);
    }

    @Test
    void theSecurityGroupOfEveryNicLetsClientsInToTheBackendPort() throws IOException {
        var group = azure.get("Microsoft.Network/networkSecurityGroups/lb-nsg");
        var rules = group.at("/properties/securityRules");
        assertThat(rules).hasSize(1);
        var rule = rules.path(0).path("properties");
        assertThat(rule.path("direction").asText()).isEqualTo("Inbound");
        assertThat(rule.path("access").asText()).isEqualTo("Allow");
        assertThat(rule.path("protocol").asText()).isEqualTo("Tcp");
        assertThat(rule.path("sourceAddressPrefix").asText()).isEqualTo("Internet");
        assertThat(rule.path("destinationPortRange").asText())
                .isEqualTo(String.valueOf(grounds.site().guestPort()));
        for (var vm : Site.VMS) {
            var nic = azure.get("Microsoft.Network/networkInterfaces/" + vm + "-nic");
            assertThat(nic.at("/properties/networkSecurityGroup/id"))
                    .as(vm)
                    .isEqualTo(group.path("id"));
        }
    }

    @Test
    void cloudInitInstallsNoOtherArchiveThanTheOneThatIsMeant() {
        var init = cloudInit("web-1");
        assertThat(init.script())
                .containsSubsequence(
                        "curl -fsSL",
                        VmsParameters.ARCHIVE,
                        "echo '" + VmsParameters.SHA256 + "  agent.tar.gz' | sha256sum -c -",
                        "tar -xzf agent.tar.gz",
                        "ebb-agent.service",
                        "systemctl enable --now ebb-agent");
        assertThat(init.config().at("/runcmd/0/1").asText()).as("stops at a failure").contains("e");
        assertThat(init.file("/etc/ebb/agent.env").path("permissions").asText()).isEqualTo("0600");
        assertThat(init.agentSettings().get("EBB_JOIN"))
                .isNotEqualTo(cloudInit("web-2").agentSettings().get("EBB_JOIN"));
    }

    @Test
    void aVmWithoutALineToJoinIsRefusedBeforeAnythingIsMade() {
        var parameters = parameters(List.of("https://ebb.example"));
        assertThatThrownBy(() -> azure.deploy("wrong", template("vms"), parameters))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("The language expression property 'web-1' doesn't exist");
    }

    @Test
    void aRebootOfAVmThatTheTemplateMadeFailsNoRequest() {
        var vm = "web-1";
        var simulator = fleet.simulator();
        try (var load = OpenLoop.start(grounds.site().frontend(), Mix.third())) {
            soon("every VM serves", () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
            var event =
                    simulator.announce("Reboot", vm, Duration.ofMinutes(2), Duration.ofSeconds(2));
            soon("it is approved", () -> simulator.event(event).approvedAt().isPresent());
            assertThat(simulator.inRotation(vm)).isFalse();
            soon("it is over", () -> simulator.event(event).goneAt().isPresent());
            soon("the VM is back", () -> simulator.inRotation(vm));
            var back = Instant.now();
            soon("it serves again", () -> load.soFar().served(vm, back, Instant.MAX) > 0);
            var result = load.stop();
            assertThat(result.requests()).isGreaterThan(100);
            assertThat(result.failures()).isEmpty();
        }
    }
}
