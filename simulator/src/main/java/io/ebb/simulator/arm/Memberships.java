package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is in which pool. Interfaces say so themselves; pools of addresses list them. */
final class Memberships {
    static final String NICS = "Microsoft.Network/networkInterfaces";
    static final String BALANCERS = "Microsoft.Network/loadBalancers";

    private Memberships() {}

    private record Place(ObjectNode pool, Optional<Rule> rule) {
        String id() {
            return pool.path("id").asText();
        }
    }

    /** The members that these top-level resources amount to. */
    static List<Membership> of(List<ObjectNode> resources) {
        var found = new ArrayList<Membership>();
        for (var balancer : ofType(resources, BALANCERS)) {
            for (var pool : pools(balancer)) {
                var place = new Place(pool, Rule.to(balancer, pool.path("id").asText()));
                ofType(resources, NICS).forEach(nic -> byInterface(place, nic, found));
                byAddress(place, ofType(resources, NICS), found);
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

    private static void byInterface(Place place, ObjectNode nic, List<Membership> found) {
        Json.objects(nic.path("properties").path("ipConfigurations"))
                .filter(c -> NicBody.poolsOf(c).anyMatch(id -> ResourceId.same(id, place.id())))
                .map(c -> member(place, nic, c))
                .forEach(found::add);
    }

    private static Membership member(Place place, ObjectNode nic, ObjectNode configuration) {
        var plain =
                new Membership(
                        place.id(),
                        vm(nic),
                        nic.path("id").asText(),
                        configuration.path("name").asText(),
                        address(configuration),
                        "None",
                        place.rule());
        return Json.named(
                        place.pool().path("properties").path("loadBalancerBackendAddresses"),
                        plain.addressName())
                .map(entry -> plain.withAdminState(adminState(entry)))
                .orElse(plain);
    }

    private static void byAddress(Place place, List<ObjectNode> nics, List<Membership> found) {
        Json.objects(place.pool().path("properties").path("loadBalancerBackendAddresses"))
                .filter(entry -> !isByInterface(entry))
                .map(entry -> member(place, nics, entry))
                .forEach(found::add);
    }

    /** A member by address is tied to no interface, though one may hold the address now. */
    private static Membership member(Place place, List<ObjectNode> nics, ObjectNode entry) {
        var address = entry.path("properties").path("ipAddress").asText();
        var holder =
                nics.stream()
                        .filter(nic ->
                                Json.objects(nic.path("properties").path("ipConfigurations"))
                                        .anyMatch(c -> address(c).equals(address)))
                        .findFirst()
                        .map(Memberships::vm)
                        .orElse("");
        return new Membership(place.id(), holder, "", "", address, adminState(entry), place.rule());
    }

    private static String address(ObjectNode configuration) {
        return configuration.path("properties").path("privateIPAddress").asText();
    }

    private static String adminState(ObjectNode entry) {
        return entry.path("properties").path("adminState").asText("None");
    }

    private static String vm(ObjectNode nic) {
        var id = nic.path("properties").path("virtualMachine").path("id").asText();
        return id.isEmpty() ? "" : new ResourceId(id).name();
    }
}
