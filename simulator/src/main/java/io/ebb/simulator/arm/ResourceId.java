package io.ebb.simulator.arm;

import java.util.List;
import java.util.Locale;

/**
 * The id of a resource as ARM writes it. Ids are compared case-insensitively and keep their case.
 *
 * @param text {@code /subscriptions/{s}/resourceGroups/{rg}/providers/{namespace}/{type}/{name}…}
 */
record ResourceId(String text) {
    /**
     * Segments up to the name of a top-level resource, the empty one before the first / included.
     */
    private static final int TOP = 9;

    /** What ids are compared by. */
    String key() {
        return key(text);
    }

    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** Whether two ids name the same resource. */
    static boolean same(String one, String other) {
        return one.equalsIgnoreCase(other);
    }

    List<String> segments() {
        return List.of(text.split("/", -1));
    }

    /** The last segment. */
    String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** Whether this names a resource directly below a resource group. */
    boolean isTop() {
        return segments().size() == TOP;
    }

    /** Whether the id reaches down to a resource at all. */
    boolean isComplete() {
        return segments().size() >= TOP;
    }

    /** The top-level resource that this one is, or is a part of. */
    ResourceId top() {
        return new ResourceId(String.join("/", segments().subList(0, TOP)));
    }

    /**
     * Type with its namespace, such as {@code Microsoft.Network/loadBalancers}; case as written.
     */
    String type() {
        var segments = segments();
        return segments.get(6) + "/" + segments.get(7);
    }

    /** Whether the top-level resource is of this type. */
    boolean isOf(String type) {
        return isComplete() && type().equalsIgnoreCase(type);
    }

    /** The collection within the parent, such as {@code backendAddressPools}. */
    String collection() {
        var segments = segments();
        return segments.get(segments.size() - 2);
    }

    String resourceGroup() {
        return segments().get(4);
    }

    ResourceId child(String collection, String name) {
        return new ResourceId(text + "/" + collection + "/" + name);
    }
}
