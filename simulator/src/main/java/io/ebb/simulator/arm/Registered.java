package io.ebb.simulator.arm;

import io.ebb.simulator.template.Planned;
import java.util.Map;
import java.util.Set;

/** The resource providers that are there, with their types. */
final class Registered {
    private static final Map<String, Set<String>> TYPES =
            Map.of(
                    "microsoft.compute", Set.of("availabilitysets", "virtualmachines"),
                    "microsoft.network",
                            Set.of(
                                    "loadbalancers",
                                    "natgateways",
                                    "networkinterfaces",
                                    "networksecuritygroups",
                                    "publicipaddresses",
                                    "virtualnetworks"),
                    "microsoft.managedidentity", Set.of("userassignedidentities"),
                    "microsoft.authorization", Set.of("roleassignments"));

    private Registered() {}

    /**
     * Looks whether a resource could be made.
     *
     * @throws Refusal as ARM refuses what no provider offers
     */
    static void check(Planned resource) {
        var type = resource.type().split("/", 2);
        var known = TYPES.get(ResourceId.key(type[0]));
        if (known == null) {
            throw Refusal.notFound(
                    "InvalidResourceNamespace",
                    "The resource namespace '" + type[0] + "' is invalid.");
        }
        if (type.length < 2 || !known.contains(ResourceId.key(type[1]))) {
            throw Refusal.badRequest(
                    "InvalidResourceType",
                    "The resource type '%s' could not be found in the namespace '%s' for api version '%s'."
                            .formatted(
                                    type.length < 2 ? "" : type[1],
                                    type[0],
                                    resource.apiVersion()));
        }
        if (!resource.apiVersion().matches("\\d{4}-\\d{2}-\\d{2}(-preview)?")) {
            throw Refusal.badRequest(
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for API version '%s' for type '%s'."
                            .formatted(resource.apiVersion(), type[1]));
        }
    }
}
