package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the expressions of a template come to.
 *
 * @param references what {@code reference(id)} gives: the properties of a resource that is there; a
 *     missing node, and everything of it is missing, where nothing is deployed yet
 * @param loop the copy that is made
 * @param open variables that are being evaluated, none of which may be needed again
 */
record Evaluation(
        Place place,
        Map<String, JsonNode> parameters,
        JsonNode variables,
        References references,
        Optional<Loop> loop,
        Set<String> open) {

    /** What is asked of resources while a template is deployed. */
    interface References {
        References NONE = _ -> MissingNode.getInstance();

        JsonNode of(String id);
    }

    /** One turn of a {@code copy}. */
    record Loop(String name, int index) {}

    static Evaluation of(Place place, Map<String, JsonNode> parameters, JsonNode variables) {
        return new Evaluation(
                place, parameters, variables, References.NONE, Optional.empty(), new HashSet<>());
    }

    Evaluation in(Loop turn) {
        return new Evaluation(place, parameters, variables, references, Optional.of(turn), open);
    }

    Evaluation with(References deployed) {
        return new Evaluation(place, parameters, variables, deployed, loop, open);
    }

    /** A tree with every expression in it replaced by what it comes to. */
    JsonNode value(JsonNode node) {
        if (node.isTextual()) {
            return text(node.asText());
        }
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), value(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(value(element)));
            return array;
        }
        return node;
    }

    private JsonNode text(String text) {
        if (Expression.isOne(text)) {
            return value(Expression.read(text));
        }
        return TextNode.valueOf(text.startsWith("[[") ? text.substring(1) : text);
    }

    private JsonNode value(Expression expression) {
        return switch (expression) {
            case Expression.Text(var text) -> TextNode.valueOf(text);
            case Expression.Whole(int number) -> IntNode.valueOf(number);
            case Expression.Call(var function, var arguments) ->
                    Functions.call(this, function, arguments.stream().map(this::value).toList());
            case Expression.Part(var of, var key) -> part(value(of), value(key));
        };
    }

    private static JsonNode part(JsonNode of, JsonNode key) {
        if (of.isMissingNode()) {
            return of;
        }
        var part = key.isInt() ? of.path(key.asInt()) : of.path(key.asText());
        if (part.isMissingNode()) {
            throw new InvalidTemplateException(
                    "The language expression property '%s' doesn't exist.".formatted(key.asText()));
        }
        return part;
    }

    JsonNode parameter(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new InvalidTemplateException(
                    "The template parameter '%s' is not found.".formatted(name));
        }
        return value;
    }

    JsonNode variable(String name) {
        var value = variables.path(name);
        if (value.isMissingNode()) {
            throw new InvalidTemplateException(
                    "The template variable '%s' is not found.".formatted(name));
        }
        if (!open.add(name)) {
            throw new InvalidTemplateException(
                    "Circular dependency detected on template variable '%s'.".formatted(name));
        }
        try {
            return value(value);
        } finally {
            open.remove(name);
        }
    }
}
