package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a write depends on. */
final class Conditions {
    private Conditions() {}

    /** Refuses a write whose If-Match is not the present etag; no If-Match is no condition. */
    static void ifMatch(Resources resources, ResourceId id, Request request) {
        var given = request.ifMatch().orElse("*");
        if (given.equals("*")) {
            return;
        }
        var actual = resources.get(id.text()).map(r -> r.path("etag").asText()).orElse("");
        if (!given.equals(actual)) {
            throw Refusal.etagMismatch(given, actual, id.text());
        }
    }

    /** Refuses tags that Azure does not store. */
    static void tags(ObjectNode body) {
        var tags = body.path("tags");
        if (tags.size() > 50) {
            throw Refusal.badRequest(
                    "TooManyTags", "The resource has more than 50 tags: " + tags.size() + ".");
        }
        for (var tag : tags.properties()) {
            var name = tag.getKey();
            if (name.isEmpty() || name.chars().anyMatch(c -> "<>%&\\?/".indexOf(c) >= 0)) {
                throw Refusal.badRequest(
                        "InvalidTagNameCharacters",
                        "The tag name '" + name + "' has reserved characters '<,>,%,&,\\,?,/'.");
            }
            if (name.length() > 512 || tag.getValue().asText().length() > 256) {
                throw Refusal.badRequest(
                        "InvalidTagLength", "Name or value of tag '" + name + "' is too long.");
            }
        }
    }

    static Refusal invalidReference(String missing, String from) {
        return Refusal.badRequest(
                "InvalidResourceReference",
                "Resource %s referenced by resource %s was not found.".formatted(missing, from));
    }

    static Refusal mixed(String poolId) {
        return Refusal.badRequest(
                "CannotMixIPBasedAddressesAndIPConfigurationsOnLoadBalancerBackendAddressPool",
                "Mixing backend ipconfigurations and IPAddresses in backend pool "
                        + poolId
                        + " is not allowed.");
    }
}
