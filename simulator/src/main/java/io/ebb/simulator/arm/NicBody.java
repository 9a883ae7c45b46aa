package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of the body of an interface's PUT: it replaces everything, what it leaves out is
 * gone, what ARM does not know stays; only the fields that belong to the server are kept.
 */
final class NicBody {
    private static final List<String> TOP = List.of("name", "id", "type", "kind");
    private static final List<String> PROPERTIES =
            List.of(
                    "resourceGuid",
                    "macAddress",
                    "vnetEncryptionSupported",
                    "allowPort25Out",
                    "virtualMachine",
                    "primary",
                    "hostedWorkloads",
                    "tapConfigurations");
    private static final List<String> DNS =
            List.of("appliedDnsServers", "internalDomainNameSuffix");

    private NicBody() {}

    static ObjectNode merge(ObjectNode old, ObjectNode body, ResourceId id) {
        var merged = body.deepCopy();
        merged.remove("etag");
        keep(TOP, old, merged);
        var properties = Json.properties(merged);
        var before = old.path("properties");
        keep(PROPERTIES, before, properties);
        if (before.path("dnsSettings").isObject()) {
            keep(DNS, before.path("dnsSettings"), properties.withObjectProperty("dnsSettings"));
        }
        properties.put("provisioningState", "Succeeded");
        Json.objects(properties.path("ipConfigurations"))
                .forEach(c -> configuration(before.path("ipConfigurations"), c, id));
        return merged;
    }

    private static void configuration(JsonNode before, ObjectNode configuration, ResourceId nic) {
        var name = configuration.path("name").asText();
        configuration.put("id", nic.child("ipConfigurations", name).text());
        configuration.put("type", "Microsoft.Network/networkInterfaces/ipConfigurations");
        var properties = Json.properties(configuration);
        properties.put("provisioningState", "Succeeded");
        Json.named(before, name)
                .filter(_ -> !properties.hasNonNull("privateIPAddress"))
                .ifPresent(
                        c -> keep(List.of("privateIPAddress"), c.path("properties"), properties));
    }

    /** The server's value wins; where it has none, the body's own claim is dropped. */
    private static void keep(List<String> fields, JsonNode old, ObjectNode merged) {
        for (var field : fields) {
            if (old.has(field)) {
                merged.set(field, old.get(field).deepCopy());
            } else {
                merged.remove(field);
            }
        }
    }

    /** The ids of the pools of one ipConfiguration. */
    static Stream<String> poolsOf(ObjectNode configuration) {
        return Json.ids(configuration.path("properties").path("loadBalancerBackendAddressPools"));
    }

    /** The ids of all pools that an interface wants to be in. */
    static List<String> pools(ObjectNode nic) {
        return Json.objects(nic.path("properties").path("ipConfigurations"))
                .flatMap(NicBody::poolsOf)
                .toList();
    }
}
