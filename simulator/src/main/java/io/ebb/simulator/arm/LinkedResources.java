package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the body of a resource refers to must be there: of others, or in the body itself. */
final class LinkedResources {
    private final Resources resources;

    LinkedResources(Resources resources) {
        this.resources = resources;
    }

    /**
     * Follows every reference, which is an {@code id} in the body's properties.
     *
     * @throws Refusal naming the first that leads nowhere
     */
    void check(ResourceId resource, ObjectNode body) {
        check(resource, body, body.path("properties"));
    }

    private void check(ResourceId resource, ObjectNode body, JsonNode node) {
        var id = node.path("id").asText();
        if (id.startsWith("/subscriptions/") && !isThere(resource, body, id)) {
            throw Conditions.invalidReference(id, resource.text());
        }
        node.forEach(child -> check(resource, body, child));
    }

    private boolean isThere(ResourceId resource, ObjectNode body, String id) {
        return ResourceId.key(id).startsWith(resource.key() + "/")
                ? Views.find(body, new ResourceId(id)).isPresent()
                : resources.get(id).isPresent();
    }
}
