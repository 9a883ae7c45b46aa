package io.ebb.simulator.arm;

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
