package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of the body of a pool's PUT. */
final class PoolBody {
    private static final String TYPE = "Microsoft.Network/loadBalancers/backendAddressPools";
    private static final List<String> DERIVED =
            List.of(
                    "backendIPConfigurations",
                    "loadBalancingRules",
                    "outboundRules",
                    "outboundRule",
                    "inboundNatRules");

    private PoolBody() {}

    /**
     * The load balancer with the pool replaced. A pool whose members are interfaces takes nothing
     * but other admin states for the same members, found by name.
     */
    static ObjectNode into(
            ObjectNode balancer, ResourceId id, ObjectNode body, List<Membership> members) {
        var pools = Json.properties(balancer).withArrayProperty("backendAddressPools");
        var wanted =
                Json.objects(body.path("properties").path("loadBalancerBackendAddresses")).toList();
        boolean byInterface =
                members.stream().anyMatch(m -> !m.nicId().isEmpty())
                        && Json.named(pools, id.name())
                                .map(p -> Json.objects(Memberships.addresses(p)))
                                .stream()
                                .flatMap(s -> s)
                                .allMatch(Memberships::isByInterface);
        if (byInterface) {
            refuseOtherMembers(id, wanted, members);
        } else {
            refuseInterfaces(id, wanted);
        }
        return replace(balancer, pools, id, pool(id, body, wanted));
    }

    private static ObjectNode pool(ResourceId id, ObjectNode body, List<ObjectNode> wanted) {
        var pool = body.deepCopy();
        pool.put("name", id.name()).put("id", id.text()).put("type", TYPE);
        var properties = Json.properties(pool);
        properties.remove(DERIVED);
        properties.put("provisioningState", "Succeeded");
        var entries = properties.putArray("loadBalancerBackendAddresses");
        wanted.forEach(entry -> entries.add(entry(id, entry)));
        return pool;
    }

    private static ObjectNode entry(ResourceId pool, ObjectNode asked) {
        var entry = asked.deepCopy();
        var name = entry.path("name").asText();
        entry.put("id", pool.child("loadBalancerBackendAddresses", name).text());
        entry.put("type", TYPE + "/loadBalancerBackendAddresses");
        var properties = Json.properties(entry);
        properties.put("provisioningState", "Succeeded");
        if (!properties.hasNonNull("adminState")) {
            properties.put("adminState", "None");
        }
        return entry;
    }

    private static ObjectNode replace(
            ObjectNode balancer, ArrayNode pools, ResourceId id, ObjectNode pool) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).path("name").asText().equalsIgnoreCase(id.name())) {
                pools.set(i, pool);
                return balancer;
            }
        }
        pools.add(pool);
        return balancer;
    }

    private static void refuseOtherMembers(
            ResourceId id, List<ObjectNode> wanted, List<Membership> members) {
        if (wanted.stream().anyMatch(entry -> !Memberships.isByInterface(entry))) {
            throw Conditions.mixed(id.text());
        }
        if (!names(wanted).equals(memberNames(members))) {
            throw modification(id);
        }
        for (var entry : wanted) {
            JsonNode named = entry.path("properties").path("networkInterfaceIPConfiguration");
            var claimed = named.path("id").asText();
            if (!claimed.isEmpty()
                    && members.stream()
                            .filter(m ->
                                    m.addressName().equalsIgnoreCase(entry.path("name").asText()))
                            .noneMatch(m -> ResourceId.same(m.ipConfigurationId(), claimed))) {
                throw modification(id);
            }
        }
    }

    private static void refuseInterfaces(ResourceId id, List<ObjectNode> wanted) {
        if (wanted.stream().anyMatch(Memberships::isByInterface)) {
            throw wanted.stream().allMatch(Memberships::isByInterface)
                    ? modification(id)
                    : Conditions.mixed(id.text());
        }
        var addresses = new HashSet<String>();
        for (var entry : wanted) {
            if (!addresses.add(entry.path("properties").path("ipAddress").asText())) {
                throw Refusal.badRequest(
                        "DuplicateIpConfigurationReferenceOnBackendAddressPool",
                        "Backend pool " + id.text() + " names an address twice.");
            }
        }
    }

    private static Set<String> names(List<ObjectNode> wanted) {
        return wanted.stream()
                .map(e -> e.path("name").asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Set<String> memberNames(List<Membership> members) {
        return members.stream()
                .map(m -> m.addressName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Refusal modification(ResourceId id) {
        return Refusal.badRequest(
                "ModificationOfNICIpConfigBackendPoolNotSupported",
                "Operation on backend pool "
                        + id.text()
                        + " not allowed since it adds/modifies/deletes backend address pool"
                        + " members that are specified with a network interface IP"
                        + " configuration.");
    }
}
