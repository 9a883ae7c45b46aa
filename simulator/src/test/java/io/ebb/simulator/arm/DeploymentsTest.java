package io.ebb.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.models.Deployment;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Templates, deployed by the unmodified SDK. */
@Timeout(60)
class DeploymentsTest {
    private final ArmWorld world = ArmWorld.empty();

    @AfterEach
    void stop() {
        world.close();
    }

    private Deployment deploy(String template, String parameters) throws IOException {
        return world.resourceManager()
                .deployments()
                .define("vms")
                .withExistingResourceGroup("rg")
                .withTemplate(template)
                .withParameters(parameters)
                .withMode(DeploymentMode.INCREMENTAL)
                .create();
    }

    private ManagementException refusal(String template, String parameters) {
        return Objects.requireNonNull(
                catchThrowableOfType(
                        ManagementException.class, () -> deploy(template, parameters)));
    }

    /** A set, a load balancer, a NIC and a machine for each name. */
    private static String template() {
        try (var in = DeploymentsTest.class.getResourceAsStream("/arm/vms.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String names(String names) {
        return "{\"names\": {\"value\": [" + names + "]}}";
    }

    @Test
    void whatATemplateSaysIsThereWhenItsDeploymentHasSucceeded() throws IOException {
        var deployment = deploy(template(), names("\"web-0\", \"web-1\""));

        assertThat(deployment.provisioningState()).isEqualTo("Succeeded");
        assertThat(String.valueOf(deployment.outputs()))
                .contains(world.scenario.loadBalancer().frontend().host());
        assertThat(world.inEffect("web-0")).isTrue();
        assertThat(world.inEffect("web-1")).isTrue();
        assertThat(world.inEffect("web-2")).isFalse();
        var vm = world.compute().virtualMachines().getByResourceGroup("rg", "web-1");
        assertThat(vm.powerState()).hasToString("PowerState/running");
        assertThat(vm.availabilitySetId()).endsWith("/availabilitySets/set");
        assertThat(vm.vmId()).isEqualTo(world.scenario.vm("web-1").orElseThrow().vmId());
        assertThat(vm.getPrimaryNetworkInterface().primaryPrivateIP())
                .isEqualTo(world.scenario.vm("web-1").orElseThrow().address());
    }

    @Test
    void theCustomDataReachesTheMachineAndIsNotShown() throws IOException {
        deploy(template(), names("\"web-0\""));
        assertThat(world.fleet.customData).containsEntry("web-0", "#cloud-config of web-0\n");
        var vm = world.compute().virtualMachines().getByResourceGroup("rg", "web-0");
        assertThat(vm.osProfile().customData()).isNull();
    }

    @Test
    void aTemplateMayBeDeployedAgain() throws IOException {
        deploy(template(), names("\"web-0\""));
        var again = deploy(template(), names("\"web-0\", \"web-1\""));
        assertThat(again.provisioningState()).isEqualTo("Succeeded");
        assertThat(world.inEffect("web-1")).isTrue();
    }

    @Test
    void aTemplateThatIsDeployedAgainPutsBackWhatWasTakenOutMeanwhile() throws IOException {
        deploy(template(), names("\"web-0\""));
        var raw = new Raw(world);
        var nic = raw.get(world.nicId("web-0")).body();
        nic.withObjectProperty("tags").put("out", "of web");
        Json.objects(nic.at("/properties/ipConfigurations"))
                .map(Json::properties)
                .forEach(one -> one.putArray("loadBalancerBackendAddressPools"));
        raw.putAndWait(world.nicId("web-0"), null, nic);
        assertThat(world.inEffect("web-0")).isFalse();

        deploy(template(), names("\"web-0\""));

        assertThat(world.inEffect("web-0")).isTrue();
        assertThat(raw.get(world.nicId("web-0")).body().path("tags").has("out")).isFalse();
    }

    @Test
    void customDataCannotBeChanged() throws IOException {
        deploy(template(), names("\"web-0\""));
        var refusal =
                refusal(
                        template().replace("#cloud-config of", "#cloud-config for"),
                        names("\"web-0\""));
        assertThat(refusal.getValue().getDetails().getFirst().getCode())
                .isEqualTo("PropertyChangeNotAllowed");
    }

    @Test
    void aTemplateThatIsNotValidIsRefusedBeforeAnythingIsMade() {
        var refusal = refusal(template().replace("base64(", "base65("), names("\"web-0\""));
        assertThat(refusal.getValue().getCode()).isEqualTo("InvalidTemplate");
        assertThat(refusal.getMessage()).contains("The template function 'base65' is not valid.");
        assertThat(world.resources.list(world.scenario.subscription(), "", Memberships.BALANCERS))
                .isEmpty();
    }

    @Test
    void whatNoProviderOffersIsRefused() {
        var type = refusal(template().replace("/availabilitySets\"", "/sets\""), names(""));
        assertThat(type.getValue().getCode()).isEqualTo("InvalidResourceType");
        assertThat(type.getMessage()).contains("'sets'", "'Microsoft.Compute'");
        var namespace = refusal(template().replace("Microsoft.Compute/", "My.Compute/"), names(""));
        assertThat(namespace.getValue().getCode()).isEqualTo("InvalidResourceNamespace");
    }

    @Test
    void aMachineWithoutHardwareFailsTheDeployment() {
        var refusal = refusal(template(), names("\"web-9\""));
        assertThat(refusal.getValue().getCode()).isEqualTo("DeploymentFailed");
        assertThat(refusal.getValue().getDetails().getFirst().getCode())
                .isEqualTo("AllocationFailed");
        var shown = world.resourceManager().deployments().getByResourceGroup("rg", "vms");
        assertThat(shown.provisioningState()).isEqualTo("Failed");
    }

    @Test
    void aReferenceThatLeadsNowhereFailsTheDeployment() {
        var wrong = template().replace("'/probes/health'", "'/probes/other'");
        var refusal = refusal(wrong, names("\"web-0\""));
        assertThat(refusal.getValue().getDetails().getFirst().getCode())
                .isEqualTo("InvalidResourceReference");
        assertThat(refusal.getValue().getDetails().getFirst().getMessage())
                .contains("/probes/other");
    }

    @Test
    void aRoleIsAssignedOnlyToWhomThereIs() throws IOException {
        var right =
                """
                {
                  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                  "contentVersion": "1.0.0.0",
                  "resources": [
                    {"type": "Microsoft.ManagedIdentity/userAssignedIdentities",
                     "apiVersion": "2023-01-31", "name": "me", "location": "westeurope"},
                    {"type": "Microsoft.Authorization/roleAssignments",
                     "apiVersion": "2022-04-01", "name": "[guid('me')]", "dependsOn": ["me"],
                     "properties": {
                       "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r')]",
                       "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'me')).principalId]"}}
                  ]
                }
                """;
        assertThat(deploy(right, "{}").provisioningState()).isEqualTo("Succeeded");
        var refusal = refusal(right.replace(".principalId]", ".clientId]"), "{}");
        assertThat(refusal.getValue().getDetails().getFirst().getCode())
                .isEqualTo("PrincipalNotFound");
    }
}
