package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a GET shows beyond what was written: pools list their members, rules and outbound rules. */
final class Views {
    private Views() {}

    /** Adds what is derived to a copy of a tree. */
    static ObjectNode withDerived(ObjectNode tree, List<Membership> members) {
        for (var pool : Memberships.pools(tree)) {
            var poolId = pool.path("id").asText();
            var properties = Json.properties(pool);
            references(properties, "loadBalancingRules", rules(tree, "loadBalancingRules", poolId));
            references(properties, "outboundRules", rules(tree, "outboundRules", poolId));
            derivedMembers(
                    pool,
                    members.stream().filter(m -> ResourceId.same(m.poolId(), poolId)).toList());
        }
        return tree;
    }

    /** The part that an id names within its top-level resource, or that resource itself. */
    static Optional<ObjectNode> find(ObjectNode top, ResourceId wanted) {
        if (wanted.isTop()) {
            return Optional.of(top);
        }
        var segments = wanted.segments();
        if (segments.size() != 11) {
            return Optional.empty();
        }
        for (var collection : top.path("properties").properties()) {
            if (collection.getKey().equalsIgnoreCase(segments.get(9))) {
                return Json.named(collection.getValue(), segments.get(10));
            }
        }
        return Optional.empty();
    }

    /** Whether a resource belongs to a listing; an empty group stands for every group. */
    static boolean isListed(ObjectNode tree, String subscription, String group, String type) {
        var id = new ResourceId(tree.path("id").asText());
        return id.segments().get(2).equalsIgnoreCase(subscription)
                && (group.isEmpty() || id.resourceGroup().equalsIgnoreCase(group))
                && id.isOf(type);
    }

    private static List<String> rules(ObjectNode balancer, String collection, String poolId) {
        return Json.objects(balancer.path("properties").path(collection))
                .filter(rule -> usesPool(rule, poolId))
                .map(rule -> rule.path("id").asText())
                .toList();
    }

    static boolean usesPool(ObjectNode rule, String poolId) {
        var properties = rule.path("properties");
        return ResourceId.same(properties.path("backendAddressPool").path("id").asText(), poolId)
                || Json.ids(properties.path("backendAddressPools"))
                        .anyMatch(id -> ResourceId.same(id, poolId));
    }

    private static void references(ObjectNode properties, String field, List<String> ids) {
        if (ids.isEmpty()) {
            properties.remove(field);
            return;
        }
        var array = properties.putArray(field);
        ids.forEach(id -> array.add(Json.reference(id)));
    }

    private static void derivedMembers(ObjectNode pool, List<Membership> members) {
        var properties = Json.properties(pool);
        boolean byAddress =
                Json.objects(Memberships.addresses(pool))
                        .anyMatch(entry -> !Memberships.isByInterface(entry));
        if (byAddress) {
            return;
        }
        var ids = new ArrayList<String>();
        var entries = Json.array();
        for (var member : members) {
            ids.add(member.ipConfigurationId());
            entries.add(entry(pool, member));
        }
        references(properties, "backendIPConfigurations", ids);
        properties.set("loadBalancerBackendAddresses", entries);
    }

    private static ObjectNode entry(ObjectNode pool, Membership member) {
        var id = pool.path("id").asText() + "/loadBalancerBackendAddresses/" + member.addressName();
        // While a write is under way, the admin state asked for shows before it is in effect.
        var asked =
                Json.named(Memberships.addresses(pool), member.addressName())
                        .map(e -> e.path("properties").path("adminState").asText("None"))
                        .orElse("None");
        var entry = Json.object();
        entry.put("name", member.addressName())
                .put("id", id)
                .put("etag", pool.path("etag").asText())
                .put(
                        "type",
                        "Microsoft.Network/loadBalancers/backendAddressPools/loadBalancerBackendAddresses");
        var properties = entry.putObject("properties");
        properties
                .put(
                        "provisioningState",
                        pool.path("properties").path("provisioningState").asText("Succeeded"))
                .put("adminState", asked);
        properties.set(
                "networkInterfaceIPConfiguration", Json.reference(member.ipConfigurationId()));
        return entry;
    }
}
