package io.ebb.orchestrator.azure;

import java.util.Locale;
import java.util.Optional;

/** A resource id, kept as ARM wrote it and compared without case. */
record ArmId(String value) {

    /** What follows this segment: {@code part("loadBalancers")} is the load balancer's name. */
    Optional<String> part(String kind) {
        var segments = value.split("/", -1);
        for (int i = 1; i + 1 < segments.length; i += 2) {
            if (segments[i].equalsIgnoreCase(kind)) {
                return Optional.of(segments[i + 1]);
            }
        }
        return Optional.empty();
    }

    String subscription() {
        return part("subscriptions").orElse("");
    }

    String resourceGroup() {
        return part("resourceGroups").orElse("");
    }

    /** The last segment. */
    String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The id that this one lies under: two segments less. */
    ArmId parent() {
        var kind = value.lastIndexOf('/', value.lastIndexOf('/') - 1);
        return new ArmId(value.substring(0, Math.max(kind, 0)));
    }

    /** To compare by. */
    String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    boolean same(String other) {
        return value.equalsIgnoreCase(other);
    }
}
