package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network interface as ARM sent it. It is edited as a tree, because a PUT replaces the whole
 * resource: what Ebb does not know must go back as it came.
 */
record Nic(ObjectNode tree) {
    private static final String POOLS = "loadBalancerBackendAddressPools";

    /** A pool in the list of an IP configuration. */
    record Membership(String ipConfig, String address, Saved saved) {}

    String id() {
        return tree.path("id").asText();
    }

    String name() {
        return tree.path("name").asText();
    }

    String etag() {
        return tree.path("etag").asText();
    }

    String guid() {
        return tree.path("properties").path("resourceGuid").asText();
    }

    String provisioningState() {
        return tree.path("properties").path("provisioningState").asText("Succeeded");
    }

    /** The name of the machine it belongs to, or its own. */
    String machine() {
        var vm = tree.path("properties").path("virtualMachine").path("id").asText();
        return vm.isEmpty() ? name() : new ArmId(vm).name();
    }

    Nic copy() {
        return new Nic(tree.deepCopy());
    }

    /** What two reads of the same content agree on: etags and progress are not content. */
    ObjectNode content() {
        var content = tree.deepCopy();
        content.remove("etag");
        if (content.path("properties") instanceof ObjectNode properties) {
            properties.remove("provisioningState");
        }
        ipConfigs(content)
                .forEach(config -> {
                    config.remove("etag");
                    if (config.path("properties") instanceof ObjectNode properties) {
                        properties.remove("provisioningState");
                    }
                });
        return content;
    }

    /** Every membership, each with its place among all, those that Ebb has taken out included. */
    List<Membership> memberships() {
        var found = new ArrayList<Membership>();
        ipConfigs(tree)
                .forEach(config -> {
                    var original = original(config);
                    for (var entry : pools(config)) {
                        found.add(
                                new Membership(
                                        config.path("name").asText(),
                                        config.path("properties").path("privateIPAddress").asText(),
                                        saved(config, original, entry)));
                    }
                });
        return found;
    }

    /**
     * The membership that a tag of Ebb's tells of, as it was.
     *
     * @return empty when there is no such IP configuration any more
     */
    Optional<Saved> remembered(OutTag tag) {
        return ipConfig(tag.ipConfig())
                .flatMap(config -> {
                    var original = original(config);
                    return original.stream()
                            .filter(entry -> idOf(entry).equalsIgnoreCase(tag.pool()))
                            .findFirst()
                            .map(entry -> saved(config, original, entry));
                });
    }

    /** The pools of an IP configuration as they were before Ebb took any out of it. */
    private List<JsonNode> original(ObjectNode config) {
        var present = new ArrayList<JsonNode>();
        pools(config).forEach(present::add);
        var original = new ArrayList<>(present);
        OutTag.of(tree).stream()
                .filter(tag -> tag.ipConfig().equalsIgnoreCase(config.path("name").asText()))
                .filter(tag -> !holds(present, tag.pool()))
                .forEach(tag ->
                        original.add(
                                Math.clamp(tag.index(), 0, original.size()),
                                Wire.JSON.createObjectNode().put("id", tag.pool())));
        return original;
    }

    private static Saved saved(ObjectNode config, List<JsonNode> original, JsonNode entry) {
        var index = original.indexOf(entry);
        var before = original.subList(0, index).stream().map(Nic::idOf).toList();
        return new Saved(config.path("name").asText(), index, entry.deepCopy(), before);
    }

    boolean isIn(String ipConfig, String pool) {
        return ipConfig(ipConfig).filter(config -> holds(pools(config), pool)).isPresent();
    }

    Optional<ObjectNode> ipConfig(String name) {
        return ipConfigs(tree)
                .filter(config -> config.path("name").asText().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Removes every entry of this pool. */
    void leave(String ipConfig, String pool) {
        ipConfig(ipConfig).ifPresent(config -> removeFrom(config, pool));
    }

    private static void removeFrom(ObjectNode config, String pool) {
        if (config.path("properties").path(POOLS) instanceof ArrayNode list) {
            list.removeIf(entry -> idOf(entry).equalsIgnoreCase(pool));
        }
    }

    /**
     * Inserts the entry where it was: behind the last of those that stood before it.
     *
     * @return false when the IP configuration does not exist
     */
    boolean join(Saved saved) {
        var config = ipConfig(saved.ipConfig());
        if (config.isEmpty()) {
            return false;
        }
        var list = config.get().withObjectProperty("properties").withArrayProperty(POOLS);
        int place = saved.after().isEmpty() ? Math.clamp(saved.index(), 0, list.size()) : 0;
        for (int i = 0; i < list.size(); i++) {
            var id = idOf(list.get(i));
            if (saved.after().stream().anyMatch(id::equalsIgnoreCase)) {
                place = i + 1;
            }
        }
        list.insert(place, saved.entry().deepCopy());
        return true;
    }

    private static boolean holds(Iterable<JsonNode> entries, String pool) {
        for (var entry : entries) {
            if (idOf(entry).equalsIgnoreCase(pool)) {
                return true;
            }
        }
        return false;
    }

    private static String idOf(JsonNode entry) {
        return entry.path("id").asText();
    }

    private static JsonNode pools(ObjectNode config) {
        return config.path("properties").path(POOLS);
    }

    private static Stream<ObjectNode> ipConfigs(ObjectNode nic) {
        return nic.path("properties")
                .path("ipConfigurations")
                .valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
    }
}
