package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The values of a template's parameters. */
final class Parameters {
    private Parameters() {}

    /**
     * What is given, or the default.
     *
     * @throws InvalidTemplateException naming what is missing, of the wrong type, or none of the
     *     template's
     */
    static Map<String, JsonNode> read(JsonNode declared, JsonNode given, Place place) {
        var unknown = new TreeSet<String>();
        given.fieldNames().forEachRemaining(unknown::add);
        declared.fieldNames().forEachRemaining(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new InvalidTemplateException(
                    ("The template parameters '%s' in the parameters file are not valid; they are not"
                                    + " present in the original template and can therefore not be"
                                    + " provided at deployment time.")
                            .formatted(String.join(", ", unknown)));
        }
        var values = new HashMap<String, JsonNode>();
        for (var parameter : declared.properties()) {
            var name = parameter.getKey();
            values.put(name, value(name, parameter.getValue(), given.path(name), values, place));
        }
        return Map.copyOf(values);
    }

    private static JsonNode value(
            String name,
            JsonNode declared,
            JsonNode given,
            Map<String, JsonNode> before,
            Place place) {
        var value = given.path("value");
        if (value.isMissingNode() && declared.has("defaultValue")) {
            value =
                    Evaluation.of(place, before, MissingNode.getInstance())
                            .value(declared.path("defaultValue"));
        }
        if (value.isMissingNode()) {
            throw new InvalidTemplateException(
                    "The value for the template parameter '%s' is not provided.".formatted(name));
        }
        var type = declared.path("type").asText();
        if (!is(type, value)) {
            throw new InvalidTemplateException(
                    "The provided value for the template parameter '%s' is not valid. Expected a value of type '%s', but received a value of type '%s'."
                            .formatted(name, type, value.getNodeType()));
        }
        return value;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "string", "securestring" -> value.isTextual();
            case "int" -> value.isInt();
            case "bool" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object", "secureobject" -> value.isObject();
            default -> false;
        };
    }
}
