package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Resource ids from types and names. */
final class Ids {
    private Ids() {}

    /** As {@code resourceId} makes them: the type, and a name for each of its segments. */
    static JsonNode of(String scope, List<String> typeAndNames) {
        var names = typeAndNames.subList(1, typeAndNames.size());
        return TextNode.valueOf(of(scope, typeAndNames.getFirst(), names));
    }

    /**
     * Type and names, interlaced.
     *
     * @throws InvalidTemplateException if there are more names than segments, or fewer
     */
    static String of(String scope, String type, List<String> names) {
        var segments = List.of(type.split("/", -1));
        if (segments.size() != names.size() + 1) {
            throw new InvalidTemplateException(
                    "The type '%s' requires '%d' resource name argument(s), not '%d'."
                            .formatted(type, segments.size() - 1, names.size()));
        }
        var id = new StringBuilder(scope).append("/providers/").append(segments.getFirst());
        for (int i = 0; i < names.size(); i++) {
            id.append('/').append(segments.get(i + 1)).append('/').append(names.get(i));
        }
        return id.toString();
    }
}
