package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A membership as it was, enough to put it back in its place.
 *
 * @param ipConfig name of the IP configuration
 * @param index in its list of pools, counting those that Ebb has taken out of it too
 * @param entry of that list, verbatim
 * @param after the ids of the pools that stood before it; when others are missing from the list the
 *     index alone would not find the place
 */
record Saved(String ipConfig, int index, JsonNode entry, List<String> after) {
    Saved {
        after = List.copyOf(after);
    }

    /** The pool's id, verbatim. */
    String pool() {
        return entry.path("id").asText();
    }

    String write() {
        var json = Wire.JSON.createObjectNode().put("ipConfig", ipConfig).put("index", index);
        if (entry.size() == 1) {
            json.put("pool", pool());
        } else {
            json.set("entry", entry);
        }
        if (!after.isEmpty()) {
            var ids = json.putArray("after");
            after.forEach(ids::add);
        }
        return json.toString();
    }

    /** Reads what {@link #write} wrote; empty when it is something else. */
    static Optional<Saved> read(String text) {
        try {
            var json = Wire.JSON.readTree(text);
            var entry =
                    json.has("entry")
                            ? json.path("entry")
                            : Wire.JSON.createObjectNode().set("id", json.path("pool"));
            if (!json.path("ipConfig").isTextual() || !entry.path("id").isTextual()) {
                return Optional.empty();
            }
            var after = new ArrayList<String>();
            json.path("after").forEach(id -> after.add(id.asText()));
            return Optional.of(
                    new Saved(
                            json.path("ipConfig").asText(),
                            json.path("index").asInt(Integer.MAX_VALUE),
                            entry,
                            after));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
