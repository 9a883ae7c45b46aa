package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A membership that Ebb took, written on the network interface itself, so that a lost ledger loses
 * none. One tag each: {@code ebb-out-3f29a1c0 =
 * {"ipConfig":"ipconfig1","index":0,"pool":"rg/lb/web"}}.
 *
 * @param pool its id, verbatim
 * @param bare the interface had no tags at all before Ebb's
 */
record OutTag(String ipConfig, int index, String pool, boolean bare) {
    static final String PREFIX = "ebb-out-";

    /** Azure's limits. */
    static final int MOST_TAGS = 50;

    static final int LONGEST_VALUE = 256;

    String name() {
        return name(ipConfig, pool);
    }

    /** The name depends on nothing but the membership, so the put-back finds it again. */
    static String name(String ipConfig, String pool) {
        var key = (ipConfig + "\n" + pool).toLowerCase(Locale.ROOT);
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The tag's value; empty when Azure would not take one so long. */
    Optional<String> value(String nicId) {
        var json = Wire.JSON.createObjectNode().put("ipConfig", ipConfig).put("index", index);
        json.put("pool", shortened(nicId));
        if (bare) {
            json.put("bare", true);
        }
        return Optional.of(json.toString()).filter(text -> text.length() <= LONGEST_VALUE);
    }

    /** Ebb's tags on an interface, in the order of their indexes. */
    static List<OutTag> of(ObjectNode nic) {
        return of(tags(nic), nic.path("id").asText());
    }

    /** The names of the tags that bear Ebb's mark and are not readable, sorted. */
    static List<String> unreadable(ObjectNode nic) {
        return tags(nic).entrySet().stream()
                .filter(tag -> tag.getKey().startsWith(PREFIX))
                .filter(tag -> read(tag.getValue(), nic.path("id").asText()).isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Map<String, String> tags(ObjectNode nic) {
        var all = new HashMap<String, String>();
        nic.path("tags")
                .properties()
                .forEach(tag -> all.put(tag.getKey(), tag.getValue().asText()));
        return all;
    }

    /** The same, from a map. */
    static List<OutTag> of(Map<String, String> tags, String nicId) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().startsWith(PREFIX))
                .flatMap(tag -> read(tag.getValue(), nicId).stream())
                .sorted(Comparator.comparingInt(OutTag::index))
                .toList();
    }

    private static Optional<OutTag> read(String value, String nicId) {
        try {
            var json = Wire.JSON.readTree(value);
            var pool = json.path("pool").asText();
            if (pool.isEmpty()
                    || !json.path("ipConfig").isTextual()
                    || !json.path("index").isInt()) {
                return Optional.empty();
            }
            return Optional.of(
                    new OutTag(
                            json.path("ipConfig").asText(),
                            json.path("index").asInt(),
                            pool.startsWith("/") ? pool : lengthened(pool, nicId),
                            json.path("bare").asBoolean()));
        } catch (JsonProcessingException e) {
            // Somebody edited it by hand; the ledger still knows.
            return Optional.empty();
        }
    }

    private String shortened(String nicId) {
        var id = new ArmId(pool);
        var brief =
                String.join(
                        "/",
                        id.resourceGroup(),
                        id.part("loadBalancers").orElse(""),
                        id.part("backendAddressPools").orElse(""));
        return lengthened(brief, nicId).equals(pool) ? brief : pool;
    }

    private static String lengthened(String brief, String nicId) {
        var parts = brief.split("/", -1);
        return parts.length != 3
                ? brief
                : "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/loadBalancers/%s/backendAddressPools/%s"
                        .formatted(new ArmId(nicId).subscription(), parts[0], parts[1], parts[2]);
    }
}
