package io.ebb.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.network.fluent.models.BackendAddressPoolInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK used the naive way: each test shows what is lost. */
@Timeout(60)
class SdkTrapsTest {
    private final ArmWorld world = new ArmWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theSdksPollerReportsSuccessWhileTheMemberIsStillInThePool() {
        var nics = world.network().serviceClient().getNetworkInterfaces();
        var nic = nics.getByResourceGroup("rg", "web-1-nic");
        pools(nic, List.of());

        var result = nics.createOrUpdate("rg", "web-1-nic", nic);

        assertThat(result.provisioningState()).hasToString("Succeeded");
        assertThat(world.inEffect("web-1")).as("the member still gets flows").isTrue();
        Condition.await("the effect", () -> !world.inEffect("web-1"));
    }

    @Test
    void theSdksPollerReportsSuccessForAWriteThatIsCanceledAfterwards() {
        world.faults.endOperations("Canceled", 1);
        var nics = world.network().serviceClient().getNetworkInterfaces();
        var nic = nics.getByResourceGroup("rg", "web-1-nic");
        pools(nic, List.of());

        var result = nics.createOrUpdate("rg", "web-1-nic", nic);

        assertThat(result.provisioningState()).hasToString("Succeeded");
        var raw = new Raw(world);
        Condition.await(
                "the old members again",
                () -> !NicBody.pools(raw.get(world.nicId("web-1")).body()).isEmpty());
        assertThat(world.inEffect("web-1")).isTrue();
    }

    @Test
    void theFluentUpdateThatLeavesOneLoadBalancerDropsEveryPoolOfEveryIpConfiguration() {
        secondConfigurationInSecondPool();
        var nic = world.network().networkInterfaces().getByResourceGroup("rg", "web-1-nic");

        nic.update().withoutLoadBalancerBackends().apply();

        Condition.await(
                "the effect of the update",
                () -> world.resources.inEffect().stream().noneMatch(m -> m.vm().equals("web-1")));
        var left = new Raw(world).get(world.nicId("web-1")).body();
        assertThat(NicBody.pools(left)).as("pools of both ipConfigurations").isEmpty();
    }

    @Test
    void withoutIfMatchTheSecondWriterUndoesWhatTheFirstOneWrote() {
        var raw = new Raw(world);
        var id = world.nicId("web-1");
        var seenByTerraform = raw.get(id).body();
        var seenByEbb = raw.get(id).body();

        var tagged = seenByTerraform.deepCopy();
        tagged.putObject("tags").put("owner", "terraform");
        assertThat(raw.putAndWait(id, null, tagged).path("status").asText()).isEqualTo("Succeeded");
        raw.putAndWait(id, null, Raw.withoutPools(seenByEbb));

        assertThat(raw.get(id).body().path("tags").has("owner")).as("terraform's tag").isFalse();
    }

    @Test
    void aTypedRoundTripDropsTheFieldsThatTheSdkDoesNotKnow() {
        var raw = new Raw(world);
        var id = world.nicId("web-1");
        var original = raw.get(id).body();
        Json.properties(original).put("fieldOfNextYear", "kept by ARM");
        raw.putAndWait(id, null, original);
        assertThat(raw.get(id).body().path("properties").has("fieldOfNextYear")).isTrue();

        var nics = world.network().serviceClient().getNetworkInterfaces();
        nics.createOrUpdate("rg", "web-1-nic", nics.getByResourceGroup("rg", "web-1-nic"));

        assertThat(raw.get(id).body().path("properties").has("fieldOfNextYear")).isFalse();
    }

    private void secondConfigurationInSecondPool() {
        var raw = new Raw(world);
        var other = world.poolId().replace("/web", "/other");
        assertThat(raw.put(other, null, Json.object()).status()).isEqualTo(201);
        Condition.await(
                "the second pool",
                () ->
                        raw.get(other)
                                .body()
                                .path("properties")
                                .path("provisioningState")
                                .asText()
                                .equals("Succeeded"));
        var nic = raw.get(world.nicId("web-1")).body();
        var second = Json.properties(nic).withArrayProperty("ipConfigurations").addObject();
        second.put("name", "ipconfig2");
        var properties = second.putObject("properties");
        properties.put("privateIPAddress", "127.0.2.2").put("primary", false);
        properties.put("privateIPAllocationMethod", "Static");
        properties.set(
                "subnet", nic.at("/properties/ipConfigurations/0/properties/subnet").deepCopy());
        properties.putArray("loadBalancerBackendAddressPools").add(Json.reference(other));
        raw.putAndWait(world.nicId("web-1"), null, nic);
        assertThat(world.resources.inEffect())
                .filteredOn(m -> m.vm().equals("web-1"))
                .extracting(Membership::ipConfiguration)
                .containsExactlyInAnyOrder("ipconfig1", "ipconfig2");
    }

    private static void pools(NetworkInterfaceInner nic, List<BackendAddressPoolInner> pools) {
        nic.ipConfigurations().forEach(c -> c.withLoadBalancerBackendAddressPools(pools));
    }
}
