package io.ebb.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.Faults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArmServerTest {
    private final ArmWorld world = new ArmWorld();
    private final Raw raw = new Raw(world);

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theSdkReadsMachinesAndInterfacesWithItsDefaultCredential() {
        var vms = world.compute().serviceClient().getVirtualMachines();
        var vm = vms.getByResourceGroup("rg", "WEB-1");
        var nics = world.network().serviceClient().getNetworkInterfaces();
        var nic = nics.getByResourceGroup("rg", "web-1-nic");

        assertThat(vm.vmId()).isEqualTo(world.scenario.vm("web-1").orElseThrow().vmId());
        assertThat(vm.availabilitySet().id()).endsWith("/availabilitySets/web");
        assertThat(vm.networkProfile().networkInterfaces().getFirst().id()).isEqualTo(nic.id());
        assertThat(nic.virtualMachine().id()).isEqualTo(vm.id());
        assertThat(vms.listByResourceGroup("rg")).hasSize(3);
        assertThat(vms.list()).hasSize(3);
        assertThat(nics.listByResourceGroup("rg")).hasSize(3);
    }

    @Test
    void thePoolListsItsMembersRulesAndTheLoadBalancerItsParts() {
        var network = world.network().serviceClient();
        var lb = network.getLoadBalancers().getByResourceGroup("rg", "lb");
        var pool = network.getLoadBalancerBackendAddressPools().get("rg", "lb", "web");

        assertThat(lb.probes()).hasSize(1);
        assertThat(lb.loadBalancingRules().getFirst().disableOutboundSnat()).isTrue();
        assertThat(pool.backendIpConfigurations()).hasSize(3);
        assertThat(pool.loadBalancingRules()).hasSize(1);
        assertThat(pool.etag()).isEqualTo(lb.etag());
    }

    @Test
    void withoutATokenNothingOfArmIsAnswered() throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().sslContext(world.tls).build()) {
            var uri = URI.create(world.server.url() + world.nicId("web-1") + "?api-version=1");
            var none =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            var forged =
                    client.send(
                            HttpRequest.newBuilder(uri)
                                    .header("Authorization", "Bearer a.b.c")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(forged.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anInterfacesPutIsAnsweredSucceededAndTakesEffectWhenItsOperationEnds() {
        var before = raw.get(world.nicId("web-1"));
        var put = raw.put(world.nicId("web-1"), before.etag(), Raw.withoutPools(before.body()));

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.etag()).as("ETag header on PUT").isEmpty();
        assertThat(put.retryAfter()).isEqualTo("1");
        assertThat(put.body().at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(put.body().path("etag").asText()).isNotEqualTo(before.etag());
        assertThat(raw.follow(put.operation()).body().path("status").asText())
                .isEqualTo("InProgress");
        assertThat(world.inEffect("web-1")).isTrue();
        assertThat(members()).as("members that the pool lists").isEqualTo(3);

        assertThat(raw.ended(put.operation()).path("status").asText()).isEqualTo("Succeeded");
        assertThat(world.inEffect("web-1")).isFalse();
        assertThat(members()).isEqualTo(2);
        var after = raw.get(world.nicId("web-1"));
        assertThat(after.etag()).isEqualTo(put.body().path("etag").asText());
    }

    @Test
    void aWriteUnderAnOldEtagIsRefusedWith412() {
        var id = world.nicId("web-1");
        var before = raw.get(id);
        raw.putAndWait(id, before.etag(), before.body());

        var late = raw.put(id, before.etag(), before.body());

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.error()).isEqualTo("PreconditionFailed");
        assertThat(late.detail()).isEqualTo("PreconditionFailedEtagMismatch");
        assertThat(late.body().toString()).contains("in NRP data store");
    }

    @Test
    void whatABodyLeavesOutIsGoneExceptWhatBelongsToTheServer() {
        var id = world.nicId("web-1");
        var body = raw.get(id).body();
        Json.properties(body).remove(List.of("networkSecurityGroup", "macAddress"));
        Json.properties(body).put("virtualMachine", "not mine to say");

        raw.putAndWait(id, null, body);

        var after = Json.properties(raw.get(id).body());
        assertThat(after.has("networkSecurityGroup")).isFalse();
        assertThat(after.has("macAddress")).isTrue();
        assertThat(after.at("/virtualMachine/id").asText()).endsWith("/virtualMachines/web-1");
    }

    @Test
    void anInterfaceWithEverythingComesBackAsItWas() {
        var id = world.nicId("web-1");
        raw.putAndWait(id, null, kitchenSink(raw.get(id).body()));
        var original = raw.get(id).body();
        assertThat(original.at("/properties/fieldOfNextYear/deep/0").asInt()).isEqualTo(1);
        raw.putAndWait(id, null, Raw.withoutPools(original));
        raw.putAndWait(id, null, original);

        assertThat(withoutEtags(raw.get(id).body())).isEqualTo(withoutEtags(original));
        assertThat(world.inEffect("web-1")).isTrue();
    }

    @Test
    void oneInterfaceAtATimeIsWrittenInAnAvailabilitySet() {
        var first = world.nicId("web-1");
        var second = world.nicId("web-2");
        var put = raw.put(first, null, Raw.withoutPools(raw.get(first).body()));

        var refused = raw.put(second, null, raw.get(second).body());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("AnotherOperationInProgress");
        raw.ended(put.operation());
        assertThat(raw.put(second, null, raw.get(second).body()).status()).isEqualTo(200);
    }

    @Test
    void aCanceledOperationSaysSoAfterThe200AndTheInterfaceIsAsBefore() {
        world.faults.endOperations("Canceled", 1);
        var id = world.nicId("web-1");
        var put = raw.put(id, null, Raw.withoutPools(raw.get(id).body()));

        var end = raw.ended(put.operation());

        assertThat(put.status()).isEqualTo(200);
        assertThat(end.path("status").asText()).isEqualTo("Canceled");
        assertThat(end.at("/error/details/0/code").asText())
                .isEqualTo("CanceledAndSupersededDueToAnotherOperation");
        assertThat(NicBody.pools(raw.get(id).body())).hasSize(1);
        assertThat(world.inEffect("web-1")).isTrue();
    }

    @Test
    void anInterfaceThatFailedBlocksThePoolUntilItIsPutAgain() {
        world.faults.endOperations("Failed", 1);
        var id = world.nicId("web-1");
        var end = raw.putAndWait(id, null, raw.get(id).body());
        assertThat(end.path("status").asText()).isEqualTo("Failed");

        var blocked = raw.put(world.poolId(), null, raw.get(world.poolId()).body());
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.detail()).isEqualTo("ReferencedResourceNotProvisioned");

        raw.putAndWait(id, null, raw.get(id).body());
        assertThat(raw.put(world.poolId(), null, raw.get(world.poolId()).body()).status())
                .isEqualTo(200);
    }

    @Test
    void aRequestIsRefusedAsOftenAsAFaultSays() {
        world.faults.refuse(
                new Faults.Refusal(
                        "PUT",
                        "networkInterfaces/web-1-nic",
                        409,
                        "AnotherOperationInProgress",
                        Optional.of(Duration.ofSeconds(5))),
                1);
        var id = world.nicId("web-1");
        var body = raw.get(id).body();

        var refused = raw.put(id, null, body);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("AnotherOperationInProgress");
        assertThat(refused.retryAfter()).isEqualTo("5");
        assertThat(raw.put(id, null, body).status()).isEqualTo(200);
    }

    @Test
    void theHealthOfARuleComesThroughTheSdk() {
        var health =
                world.network()
                        .serviceClient()
                        .getLoadBalancerLoadBalancingRules()
                        .health("rg", "lb", "http");

        assertThat(health.up()).isEqualTo(3);
        assertThat(health.loadBalancerBackendAddresses())
                .allSatisfy(a -> assertThat(a.reason()).isEqualTo("Up_Probe_Success"));
    }

    @Test
    void machinesAreRestartedThroughTheSdk() {
        world.compute().serviceClient().getVirtualMachines().restart("rg", "web-1");
        world.compute().serviceClient().getVirtualMachines().simulateEviction("rg", "web-2");

        assertThat(world.fleet.asked).containsExactly("restart web-1", "simulateEviction web-2");
    }

    @Test
    void anEventIsAcknowledgedThroughTheMaintenanceProvider() {
        world.fleet.events.put("E1", "web-1");
        var path =
                world.scenario.groupId().replace("resourceGroups", "resourcegroups")
                        + "/providers/Microsoft.Compute/virtualMachines/web-1/providers"
                        + "/Microsoft.Maintenance/scheduledevents/%s/acknowledge";

        var known = raw.post(path.formatted("E1"));
        var unknown = raw.post(path.formatted("E2"));

        assertThat(known.status()).isEqualTo(200);
        assertThat(known.body().path("value").asText()).isEqualTo("Successfully Approved");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("NotFound");
        assertThat(world.fleet.asked).contains("approve E1 by Microsoft.Maintenance");
    }

    @Test
    void anEventIsAcknowledgedOnItsAvailabilitySetButNotOnWhatIsNotThere() {
        world.fleet.events.put("E1", "web-1");
        var path =
                world.scenario.groupId()
                        + "/providers/Microsoft.Compute/%s/providers"
                        + "/Microsoft.Maintenance/scheduledevents/E1/acknowledge";

        assertThat(raw.post(path.formatted("virtualMachines/web-9")).error())
                .isEqualTo("ResourceNotFound");
        assertThat(raw.get(path.formatted("availabilitySets/web")).status()).isEqualTo(405);
        assertThat(world.fleet.asked).isEmpty();
        assertThat(raw.post(path.formatted("AVAILABILITYSETS/WEB")).status()).isEqualTo(200);
    }

    @Test
    void anEventOfAnotherMachineIsNotFoundOnThisOne() {
        world.fleet.events.put("E1", "web-1");
        var nic = world.nicId("web-1").substring(world.scenario.groupId().length());
        for (var other : List.of("/providers/Microsoft.Compute/virtualMachines/web-2", nic)) {
            var foreign =
                    raw.post(
                            world.scenario.groupId()
                                    + other
                                    + "/providers/Microsoft.Maintenance/scheduledevents/E1"
                                    + "/acknowledge");

            assertThat(foreign.status()).as(other).isEqualTo(404);
            assertThat(foreign.error()).isEqualTo("NotFound");
            assertThat(foreign.body().at("/error/message").asText()).contains("E1");
        }
    }

    @Test
    void whatIsNotThereIsTheErrorThatTheSdkUnderstands() {
        var nics = world.network().serviceClient().getNetworkInterfaces();

        assertThatThrownBy(() -> nics.getByResourceGroup("rg", "nobody"))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("ResourceNotFound"));
    }

    @Test
    void aPoolThatDoesNotExistCannotBeJoined() {
        var id = world.nicId("web-1");
        var body = raw.get(id).body();
        Json.objects(body.at("/properties/ipConfigurations"))
                .forEach(c ->
                        Json.properties(c)
                                .putArray("loadBalancerBackendAddressPools")
                                .add(Json.reference(world.poolId() + "-gone")));

        var refused = raw.put(id, null, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("InvalidResourceReference");
    }

    @Test
    void aMachineThatIsDeletedLeavesItsInterfaceBehindWhichCanThenBeDeleted() {
        var nics = world.network().serviceClient().getNetworkInterfaces();
        assertThatThrownBy(() -> nics.delete("rg", "web-1-nic"))
                .hasMessageContaining("used by existing resource");

        world.compute().serviceClient().getVirtualMachines().delete("rg", "web-1");
        assertThat(
                        raw.get(world.nicId("web-1"))
                                .body()
                                .at("/properties/virtualMachine")
                                .isMissingNode())
                .isTrue();
        assertThat(members()).as("its interface is a member still").isEqualTo(3);
        nics.delete("rg", "web-1-nic");

        assertThat(members()).isEqualTo(2);
        assertThat(raw.get(world.nicId("web-1")).error()).isEqualTo("ResourceNotFound");
        assertThat(world.fleet.asked).containsExactly("deallocate web-1");
    }

    @Test
    void aMachineThatIsRemovedWithAllThatIsItsLeavesNothing() {
        var id = world.scenario.vmResourceId(world.scenario.vm("web-1").orElseThrow());

        world.resources.removeMachine("WEB-1");

        assertThat(members()).isEqualTo(2);
        assertThat(raw.get(id).error()).isEqualTo("ResourceNotFound");
        assertThat(raw.get(world.nicId("web-1")).error()).isEqualTo("ResourceNotFound");
        assertThat(raw.get(world.nicId("web-2")).status()).isEqualTo(200);
    }

    @Test
    void aTagThatAzureDoesNotStoreIsRefused() {
        var body = raw.get(world.nicId("web-1")).body();
        body.putObject("tags").put("ebb/pools", "web");

        var refused = raw.put(world.nicId("web-1"), null, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("InvalidTagNameCharacters");
    }

    @Test
    void anInterfaceThatIsAnsweredUpdatingIsWaitedForByTheSdk() {
        world.faults.endOperations("Updating", 1);
        var nics = world.network().serviceClient().getNetworkInterfaces();
        var nic = nics.getByResourceGroup("rg", "web-1-nic");
        nic.ipConfigurations().forEach(c -> c.withLoadBalancerBackendAddressPools(List.of()));

        nics.createOrUpdate("rg", "web-1-nic", nic);

        assertThat(world.inEffect("web-1")).isFalse();
    }

    @Test
    void anErrorOfTheSimulatorIsAnAnswerToo() {
        var refused = raw.put(world.nicId("web-1"), null, Json.object());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("InvalidRequestFormat");
        assertThat(raw.get("/subscriptions/nobody/providers/a/b").error())
                .isEqualTo("SubscriptionNotFound");
        assertThat(raw.get(world.nicId("web-1").replace("/rg/", "/other/")).error())
                .isEqualTo("ResourceGroupNotFound");
    }

    private ObjectNode kitchenSink(ObjectNode nic) {
        nic.putObject("tags").put("owner", "me");
        var properties = Json.properties(nic);
        properties.putObject("fieldOfNextYear").putArray("deep").add(1).add("two");
        var configurations = properties.withArrayProperty("ipConfigurations");
        var first = Json.properties((ObjectNode) configurations.get(0));
        var network = world.scenario.groupId() + "/providers/Microsoft.Network/";
        first.putArray("loadBalancerInboundNatRules")
                .add(Json.reference(network + "loadBalancers/lb/inboundNatRules/ssh"));
        first.putArray("applicationGatewayBackendAddressPools")
                .add(Json.reference(network + "applicationGateways/gw/backendAddressPools/p"));
        first.putArray("applicationSecurityGroups")
                .add(Json.reference(network + "applicationSecurityGroups/asg"));
        var second = configurations.insertObject(0);
        second.put("name", "ipconfig-v6");
        Json.properties(second)
                .put("privateIPAddress", "fd00::4")
                .put("privateIPAddressVersion", "IPv6")
                .put("primary", false);
        return nic;
    }

    private int members() {
        return raw.get(world.poolId()).body().at("/properties/backendIPConfigurations").size();
    }

    private static ObjectNode withoutEtags(ObjectNode nic) {
        var copy = nic.deepCopy();
        copy.remove("etag");
        copy.findParents("etag").forEach(n -> ((ObjectNode) n).remove("etag"));
        return copy;
    }
}
