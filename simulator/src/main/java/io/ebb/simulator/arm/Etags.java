package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Etags in bodies: a resource and its parts carry the same one. */
final class Etags {
    private Etags() {}

    /** Writes the etag into a resource and into every part whose id lies below its own. */
    static ObjectNode stamp(ObjectNode resource, String etag) {
        resource.put("etag", etag);
        var prefix = ResourceId.key(resource.path("id").asText()) + "/";
        stampParts(resource.path("properties"), prefix, etag);
        return resource;
    }

    private static void stampParts(JsonNode node, String prefix, String etag) {
        for (var child : node) {
            // A bare reference has no name and no etag.
            if (child instanceof ObjectNode part
                    && part.has("name")
                    && ResourceId.key(part.path("id").asText()).startsWith(prefix)) {
                part.put("etag", etag);
            }
            if (child.isContainerNode()) {
                stampParts(child, prefix, etag);
            }
        }
    }
}
