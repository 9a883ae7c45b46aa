package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is in which pool. Interfaces say so themselves; pools of addresses list them. */
final class Memberships {
    static final String NICS = "Microsoft.Network/networkInterfaces";
    static final String BALANCERS = "Microsoft.Network/loadBalancers";

    private Memberships() {}

    /** The members that these top-level resources amount to. */
    static List<Membership> of(List<ObjectNode> resources) {
        var found = new ArrayList<Membership>();
        for (var balancer : ofType(resources, BALANCERS)) {
            for (var pool : pools(balancer)) {
                ofType(resources, NICS).forEach(nic -> byInterface(pool, nic, found));
                byAddress(pool, ofType(resources, NICS), found);
            }
        }
        return List.copyOf(found);
    }

    static List<Membership> inPoolsOf(ResourceId balancer, List<Membership> members) {
        var prefix = balancer.key() + "/";
        return members.stream().filter(m -> ResourceId.key(m.poolId()).startsWith(prefix)).toList();
    }

    /** Whether a member is one by its interface, not by an address. */
    static boolean isByInterface(ObjectNode entry) {
        return !entry.path("properties").hasNonNull("ipAddress");
    }

    static List<ObjectNode> pools(ObjectNode balancer) {
        return Json.objects(balancer.path("properties").path("backendAddressPools")).toList();
    }

    static ArrayNode addresses(ObjectNode pool) {
        return Json.properties(pool).withArrayProperty("loadBalancerBackendAddresses");
    }

    /** Drops what pools remember about interfaces that are no members any more. */
    static ObjectNode forget(ObjectNode balancer, List<Membership> members) {
        for (var pool : pools(balancer)) {
            var id = pool.path("id").asText();
            if (!pool.path("properties").has("loadBalancerBackendAddresses")) {
                continue;
            }
            var kept = Json.array();
            Json.objects(addresses(pool))
                    .filter(entry ->
                            !isByInterface(entry)
                                    || members.stream().anyMatch(m -> isEntryOf(entry, m, id)))
                    .forEach(kept::add);
            Json.properties(pool).set("loadBalancerBackendAddresses", kept);
        }
        return balancer;
    }

    private static boolean isEntryOf(ObjectNode entry, Membership member, String poolId) {
        return ResourceId.same(member.poolId(), poolId)
                && member.addressName().equalsIgnoreCase(entry.path("name").asText());
    }

    private static List<ObjectNode> ofType(List<ObjectNode> resources, String type) {
        return resources.stream()
                .filter(r -> !r.isEmpty())
                .filter(r -> new ResourceId(r.path("id").asText()).isOf(type))
                .toList();
    }

    private static void byInterface(ObjectNode pool, ObjectNode nic, List<Membership> found) {
        var poolId = pool.path("id").asText();
        Json.objects(nic.path("properties").path("ipConfigurations"))
                .filter(configuration ->
                        Json.ids(
                                        configuration
                                                .path("properties")
                                                .path("loadBalancerBackendAddressPools"))
                                .anyMatch(id -> ResourceId.same(id, poolId)))
                .forEach(configuration -> {
                    var member = member(pool, nic, configuration);
                    found.add(member);
                });
    }

    private static Membership member(ObjectNode pool, ObjectNode nic, ObjectNode configuration) {
        var plain =
                new Membership(
                        pool.path("id").asText(),
                        vm(nic),
                        nic.path("id").asText(),
                        configuration.path("name").asText(),
                        configuration.path("properties").path("privateIPAddress").asText(),
                        "None");
        var remembered =
                pool.path("properties").has("loadBalancerBackendAddresses")
                        ? Json.named(addresses(pool), plain.addressName())
                        : Optional.<ObjectNode>empty();
        return remembered.map(entry -> withAdminState(plain, adminState(entry))).orElse(plain);
    }

    private static void byAddress(ObjectNode pool, List<ObjectNode> nics, List<Membership> found) {
        Json.objects(pool.path("properties").path("loadBalancerBackendAddresses"))
                .filter(entry -> !isByInterface(entry))
                .forEach(entry -> {
                    var address = entry.path("properties").path("ipAddress").asText();
                    found.add(
                            nics.stream()
                                    .flatMap(nic -> holders(pool, nic, address))
                                    .findFirst()
                                    .map(m -> withAdminState(m, adminState(entry)))
                                    .orElseGet(() -> stranger(pool, entry, address)));
                });
    }

    private static Stream<Membership> holders(ObjectNode pool, ObjectNode nic, String address) {
        return Json.objects(nic.path("properties").path("ipConfigurations"))
                .filter(c -> c.path("properties").path("privateIPAddress").asText().equals(address))
                .map(c -> member(pool, nic, c));
    }

    private static Membership stranger(ObjectNode pool, ObjectNode entry, String address) {
        return new Membership(pool.path("id").asText(), "", "", "", address, adminState(entry));
    }

    private static Membership withAdminState(Membership m, String adminState) {
        return new Membership(
                m.poolId(), m.vm(), m.nicId(), m.ipConfiguration(), m.address(), adminState);
    }

    private static String adminState(ObjectNode entry) {
        return entry.path("properties").path("adminState").asText("None");
    }

    private static String vm(ObjectNode nic) {
        var id = nic.path("properties").path("virtualMachine").path("id").asText();
        return id.isEmpty() ? "" : new ResourceId(id).name();
    }
}
