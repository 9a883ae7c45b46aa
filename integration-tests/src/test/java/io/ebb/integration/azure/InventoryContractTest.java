package io.ebb.integration.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.orchestrator.pool.Inventory.Probe;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.machine.Power;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InventoryContractTest {
    @TempDir private Path folder;

    @Test
    void itFindsTheVmsAndThePoolThatTheyServe() throws IOException {
        try (var cloud = new Cloud(folder)) {
            var fleet = cloud.inventory.read();

            assertThat(fleet.vms())
                    .extracting(KnownVm::name)
                    .containsExactlyInAnyOrder("web-0", "web-1", "web-2");
            var vm = fleet.vms().getFirst();
            assertThat(vm.id().value())
                    .isEqualTo(cloud.scenario.vm(vm.name()).orElseThrow().vmId());
            assertThat(vm.nics())
                    .containsExactly(cloud.network("networkInterfaces/" + vm.name() + "-nic"));
            assertThat(vm.scopeUnit())
                    .isEqualToIgnoringCase(
                            cloud.scenario.groupId()
                                    + "/providers/Microsoft.Compute/availabilitySets/web");
            assertThat(fleet.pools())
                    .singleElement()
                    .satisfies(pool -> {
                        assertThat(pool.resourceId())
                                .isEqualTo(
                                        cloud.network("loadBalancers/lb/backendAddressPools/web"));
                        assertThat(pool.ports()).containsExactly(8080);
                        assertThat(pool.probes())
                                .containsExactly(new Probe("Http", 8090, "/healthz", 5, 1));
                        assertThat(pool.everyRuleProbed()).isTrue();
                        assertThat(pool.outbound()).isEmpty();
                    });
        }
    }

    @Test
    void aVmOfASetHasItsUpdateDomainWrittenInOneWay() throws IOException {
        try (var cloud = new Cloud(folder)) {
            var set =
                    cloud.scenario.groupId() + "/providers/Microsoft.Compute/availabilitySets/web";
            assertThat(cloud.vm("web-2").domain()).contains(set.toLowerCase(Locale.ROOT) + "/2");
            assertThat(cloud.vm("web-1").domain()).contains(set.toLowerCase(Locale.ROOT) + "/1");
        }
    }

    @Test
    void aVmRunsAsLongAsAzureCallsItRunning() throws IOException {
        try (var cloud = new Cloud(folder)) {
            for (var power : Power.values()) {
                cloud.powers.put("web-1", power);
                assertThat(cloud.vm("web-1").running())
                        .as("%s", power)
                        .contains(power == Power.RUNNING || power == Power.FROZEN);
            }
            assertThat(cloud.vm("web-0").running()).as("of which ARM says nothing").isEmpty();
        }
    }

    @Test
    void theWholeSubscriptionIsAskedForItsStatusesInOneReading() throws IOException {
        try (var cloud = new Cloud(folder, "", "ebb=yes", true)) {
            for (var name : List.of("web-0", "web-1", "web-2")) {
                cloud.powers.put(name, name.equals("web-2") ? Power.STOPPED : Power.RUNNING);
                var vm =
                        cloud.tree(
                                cloud.scenario.vmResourceId(cloud.scenario.vm(name).orElseThrow()));
                vm.putObject("tags").put("ebb", "yes");
                cloud.resources.replace(vm);
            }
            // Whoever asks for one VM after the other is refused.
            cloud.faults.refuse(
                    new Faults.Refusal(
                            "GET",
                            "virtualMachines/web",
                            403,
                            "AuthorizationFailed",
                            Optional.empty()),
                    9);

            assertThat(cloud.inventory.read().vms())
                    .allSatisfy(vm -> assertThat(vm.domain()).isPresent())
                    .filteredOn(vm -> vm.running().orElseThrow())
                    .extracting(KnownVm::name)
                    .containsExactlyInAnyOrder("web-0", "web-1");
        }
    }

    @Test
    void aVmThatIsDeletedWhileItIsLookedAtIsNoError() throws IOException {
        try (var cloud = new Cloud(folder)) {
            cloud.powers.put("web-1", Power.RUNNING);
            cloud.faults.refuse(
                    new Faults.Refusal(
                            "GET",
                            "virtualMachines/web-1",
                            404,
                            "ResourceNotFound",
                            Optional.empty()),
                    1);

            assertThat(cloud.vm("web-1").running()).isEmpty();
            assertThat(cloud.vm("web-1").running()).contains(true);
        }
    }

    @Test
    void aVmWithoutASetIsAScopeUnitOfItsOwn() throws IOException {
        try (var cloud = new Cloud(folder, "availabilitySet: null", "", true)) {
            assertThat(cloud.inventory.read().vms())
                    .allMatch(vm -> vm.domain().isEmpty())
                    .allMatch(vm -> vm.scopeUnit().equalsIgnoreCase(vm.resourceId()));
            assertThat(cloud.look("web-0").lane()).isEqualToIgnoringCase(cloud.look("web-0").id());
        }
    }

    @Test
    void aTagChoosesAcrossTheSubscription() throws IOException {
        try (var cloud = new Cloud(folder, "", "ebb=yes", true)) {
            assertThat(cloud.inventory.read().vms()).isEmpty();
            var vm =
                    cloud.tree(
                            cloud.scenario.vmResourceId(cloud.scenario.vm("web-1").orElseThrow()));
            vm.putObject("tags").put("Ebb", "yes");
            cloud.resources.replace(vm);

            var fleet = cloud.inventory.read();

            assertThat(fleet.vms()).extracting(KnownVm::name).containsExactly("web-1");
            assertThat(fleet.pools()).hasSize(1);
        }
    }

    @Test
    void aRuleWithImplicitSnatIsAWayOutUnlessTheSubnetHasANatGateway() throws IOException {
        var snat = "loadBalancer: { disableOutboundSnat: false }";
        try (var cloud = new Cloud(folder, snat + "\nnatGateway: false", "", true)) {
            assertThat(cloud.inventory.read().pools().getFirst().outbound())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("rule http", "disableOutboundSnat"));
        }
        try (var cloud = new Cloud(folder, snat, "", true)) {
            assertThat(cloud.inventory.read().pools().getFirst().outbound()).isEmpty();
        }
    }

    @Test
    void aRuleOfHaPortsBalancesEveryPortAndOneOfUdpNoneThatCanBeCounted() throws IOException {
        try (var cloud = new Cloud(folder, "loadBalancer: { protocol: All }", "", true)) {
            var pool = cloud.inventory.read().pools().getFirst();
            assertThat(pool.ports()).containsExactly(Inventory.EVERY_PORT);
            assertThat(pool.udpOnly()).isFalse();
        }
        try (var cloud = new Cloud(folder, "loadBalancer: { protocol: Udp }", "", true)) {
            var pool = cloud.inventory.read().pools().getFirst();
            assertThat(pool.ports()).isEmpty();
            assertThat(pool.udpOnly()).isTrue();
            assertThat(pool.everyRuleProbed()).isTrue();
        }
    }

    @Test
    void anOutboundRuleIsAWayOut() throws IOException {
        try (var cloud = new Cloud(folder)) {
            var lb = cloud.tree(cloud.network("loadBalancers/lb"));
            var rule = ((ObjectNode) lb.path("properties")).putArray("outboundRules").addObject();
            rule.put("name", "egress").put("id", lb.path("id").asText() + "/outboundRules/egress");
            rule.putObject("properties")
                    .putObject("backendAddressPool")
                    .put("id", lb.path("id").asText() + "/backendAddressPools/web");
            cloud.resources.replace(lb);

            assertThat(cloud.inventory.read().pools().getFirst().outbound())
                    .contains("outbound rule egress uses it");
        }
    }

    @Test
    void aBasicLoadBalancerAndAScaleSetsInstanceAreLeftOut() throws IOException {
        try (var cloud = new Cloud(folder)) {
            var lb = cloud.tree(cloud.network("loadBalancers/lb"));
            lb.putObject("sku").put("name", "Basic");
            cloud.resources.replace(lb);
            var vm =
                    cloud.tree(
                            cloud.scenario.vmResourceId(cloud.scenario.vm("web-1").orElseThrow()));
            ((ObjectNode) vm.path("properties"))
                    .putObject("virtualMachineScaleSet")
                    .put("id", "/subscriptions/s/…/virtualMachineScaleSets/flex");
            cloud.resources.replace(vm);

            var fleet = cloud.inventory.read();

            assertThat(fleet.pools()).isEmpty();
            assertThat(fleet.vms())
                    .extracting(KnownVm::name)
                    .containsExactlyInAnyOrder("web-0", "web-2");
        }
    }

    @Test
    void aMissingRightIsNamed() throws IOException {
        try (var cloud = new Cloud(folder)) {
            cloud.faults.refuse(
                    new Faults.Refusal(
                            "GET", "loadBalancers", 403, "AuthorizationFailed", Optional.empty()),
                    9);

            assertThatThrownBy(cloud.inventory::read)
                    .isInstanceOf(CloudException.Permanent.class)
                    .hasMessageStartingWith(
                            "listing the load balancers of rg: ARM answered 403"
                                    + " AuthorizationFailed");
        }
    }
}
