package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What becomes of the body of a load balancer's PUT: it replaces everything but the members of its
 * pools, which only the pool's own PUT or an interface's changes.
 */
final class BalancerBody {
    private static final List<String> COLLECTIONS =
            List.of(
                    "frontendIPConfigurations",
                    "backendAddressPools",
                    "loadBalancingRules",
                    "probes",
                    "outboundRules",
                    "inboundNatRules",
                    "inboundNatPools");

    private BalancerBody() {}

    static ObjectNode merge(
            ObjectNode old, ObjectNode body, ResourceId id, List<Membership> members) {
        Conditions.tags(body);
        var merged = body.deepCopy();
        merged.put("name", id.name()).put("id", id.text()).put("type", Memberships.BALANCERS);
        var properties = Json.properties(merged);
        properties.set("resourceGuid", old.path("properties").path("resourceGuid"));
        for (var collection : COLLECTIONS) {
            Json.objects(properties.path(collection)).forEach(part -> own(part, id, collection));
        }
        for (var pool : Memberships.pools(merged)) {
            var inner = Json.properties(pool);
            inner.remove(List.of("backendIPConfigurations", "loadBalancingRules", "outboundRules"));
            var before =
                    Json.named(
                            old.path("properties").path("backendAddressPools"),
                            pool.path("name").asText());
            var kept = before.map(p -> Memberships.addresses(p).deepCopy()).orElseGet(Json::array);
            inner.set("loadBalancerBackendAddresses", kept);
        }
        refuseLostPools(merged, id, members);
        return merged;
    }

    private static void own(ObjectNode part, ResourceId balancer, String collection) {
        var name = part.path("name").asText();
        part.put("id", balancer.child(collection, name).text());
        part.put("type", Memberships.BALANCERS + "/" + collection);
        Json.properties(part).put("provisioningState", "Succeeded");
    }

    private static void refuseLostPools(
            ObjectNode merged, ResourceId id, List<Membership> members) {
        for (var member : Memberships.inPoolsOf(id, members)) {
            if (Memberships.pools(merged).stream()
                    .noneMatch(p -> ResourceId.same(p.path("id").asText(), member.poolId()))) {
                throw Refusal.badRequest(
                        "InUseBackendAddressPoolCannotBeDeleted",
                        "Backend pool "
                                + member.poolId()
                                + " is in use by "
                                + member.ipConfigurationId()
                                + " and cannot be deleted.");
            }
        }
    }
}
