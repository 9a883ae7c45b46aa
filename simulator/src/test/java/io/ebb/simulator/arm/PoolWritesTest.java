package io.ebb.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolWritesTest {
    private final ArmWorld world = new ArmWorld();
    private final Raw raw = new Raw(world);
    private final String other = world.poolId().replace("/web", "/other");

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aPoolsEtagRollsWithTheAnswerAndAgainAtTheEnd() {
        var before = raw.get(world.poolId());
        var put = raw.put(world.poolId(), before.etag(), before.body());

        assertThat(put.status()).isEqualTo(200);
        assertThat(state(put.body())).isEqualTo("Updating");
        assertThat(put.body().path("etag").asText()).isNotEqualTo(before.etag());

        raw.ended(put.operation());
        var after = raw.get(world.poolId());
        assertThat(state(after.body())).isEqualTo("Succeeded");
        assertThat(after.etag())
                .isNotEqualTo(before.etag())
                .isNotEqualTo(put.body().path("etag").asText());
    }

    @Test
    void membersByInterfaceCannotBeChangedThroughThePool() {
        var body = raw.get(world.poolId()).body();
        Json.properties(body).withArrayProperty("loadBalancerBackendAddresses").remove(0);

        var refused = raw.put(world.poolId(), null, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("ModificationOfNICIpConfigBackendPoolNotSupported");
    }

    @Test
    void anAdminStateMayBeSetOnAMemberByInterfaceWithOrWithoutItsReference() {
        var body = raw.get(world.poolId()).body();
        entry(body, "web-1").put("adminState", "Down");
        entry(body, "web-2").remove("networkInterfaceIPConfiguration");

        raw.putAndWait(world.poolId(), null, body);

        assertThat(adminState("web-1")).isEqualTo("Down");
        assertThat(adminState("web-2")).isEqualTo("None");
        assertThat(entry(raw.get(world.poolId()).body(), "web-1").path("adminState").asText())
                .isEqualTo("Down");
    }

    @Test
    void anAdminStateIsForgottenWhenTheMemberLeaves() {
        var body = raw.get(world.poolId()).body();
        entry(body, "web-1").put("adminState", "Down");
        raw.putAndWait(world.poolId(), null, body);

        var nic = raw.get(world.nicId("web-1")).body();
        raw.putAndWait(world.nicId("web-1"), null, Raw.withoutPools(nic));
        raw.putAndWait(world.nicId("web-1"), null, nic);

        assertThat(adminState("web-1")).isEqualTo("None");
    }

    @Test
    void aPoolOfAddressesIsReplacedAsAWhole() {
        create("127.0.1.1", "127.0.1.2");
        var body = raw.get(other).body();
        Json.properties(body).withArrayProperty("loadBalancerBackendAddresses").remove(0);

        raw.putAndWait(other, raw.get(other).etag(), body);

        assertThat(world.resources.inEffect())
                .filteredOn(m -> m.poolId().equals(other))
                .extracting(Membership::vm)
                .containsExactly("web-1");
    }

    @Test
    void kindsOfMembersCannotBeMixed() {
        create("127.0.1.1");
        var nic = raw.get(world.nicId("web-1")).body();
        Json.objects(nic.at("/properties/ipConfigurations"))
                .forEach(c ->
                        Json.properties(c)
                                .withArrayProperty("loadBalancerBackendAddressPools")
                                .add(Json.reference(other)));

        var refused = raw.put(world.nicId("web-1"), null, nic);

        assertThat(refused.error())
                .isEqualTo(
                        "CannotMixIPBasedAddressesAndIPConfigurationsOnLoadBalancerBackendAddressPool");
    }

    @Test
    void aLaterWriteSupersedesTheOneUnderWayAndItsChangeIsLost() {
        create("127.0.1.1");
        var early = raw.get(world.poolId()).body();
        entry(early, "web-1").put("adminState", "Down");
        var first = raw.put(world.poolId(), null, early);
        var second = raw.put(other, null, raw.get(other).body());

        var end = raw.ended(first.operation());

        assertThat(end.path("status").asText()).isEqualTo("Canceled");
        assertThat(end.at("/error/details/0/message").asText())
                .contains("PutLoadBalancerBackendAddressPoolOperation", "superseded");
        assertThat(raw.ended(second.operation()).path("status").asText()).isEqualTo("Succeeded");
        assertThat(adminState("web-1")).isEqualTo("None");
    }

    @Test
    void aPoolIsNotWrittenWhileTheInterfaceOfAMemberIs() {
        var nic = world.nicId("web-1");
        var put = raw.put(nic, null, raw.get(nic).body());

        var refused = raw.put(world.poolId(), null, raw.get(world.poolId()).body());

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error()).isEqualTo("RetryableError");
        assertThat(refused.detail()).isEqualTo("ReferencedResourceNotProvisioned");
        raw.ended(put.operation());
    }

    @Test
    void aLoadBalancersPutLeavesTheMembersAlone() {
        var id = world.poolId().replace("/backendAddressPools/web", "");
        var body = raw.get(id).body();
        Json.objects(body.at("/properties/backendAddressPools"))
                .forEach(p -> Json.properties(p).putArray("loadBalancerBackendAddresses"));

        raw.putAndWait(id, null, body);

        assertThat(world.resources.inEffect()).hasSize(3);
    }

    private void create(String... addresses) {
        var body = Json.object();
        var entries = Json.properties(body).putArray("loadBalancerBackendAddresses");
        for (var address : addresses) {
            entries.addObject()
                    .put("name", "a" + address)
                    .putObject("properties")
                    .put("ipAddress", address);
        }
        var put = raw.put(other, null, body);
        assertThat(put.status()).isEqualTo(201);
        assertThat(raw.ended(put.operation()).path("status").asText()).isEqualTo("Succeeded");
    }

    private ObjectNode entry(ObjectNode pool, String vm) {
        return Json.properties(
                Json.named(
                                pool.at("/properties/loadBalancerBackendAddresses"),
                                vm + "-nic-ipconfig1")
                        .orElseThrow());
    }

    private String adminState(String vm) {
        return world.resources.inEffect().stream()
                .filter(m -> m.vm().equals(vm) && m.poolId().equals(world.poolId()))
                .findFirst()
                .orElseThrow()
                .adminState();
    }

    private static String state(ObjectNode resource) {
        return resource.at("/properties/provisioningState").asText();
    }
}
