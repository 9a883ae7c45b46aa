package io.ebb.simulator.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Resource bodies as trees: what ARM does not know is kept, too. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** {@code {"id": id}}. */
    static ObjectNode reference(String id) {
        return object().put("id", id);
    }

    /** Reads an object; anything else is the 400 of ARM. */
    static ObjectNode read(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest(
                    "InvalidRequestContent", "The request content was invalid: " + e.getMessage());
        }
        throw Refusal.badRequest("InvalidRequestContent", "The request content was no object.");
    }

    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing JSON", e);
        }
    }

    /** The properties of a resource, made when absent. */
    static ObjectNode properties(ObjectNode resource) {
        return resource.get("properties") instanceof ObjectNode found
                ? found
                : resource.putObject("properties");
    }

    /** The objects of an array, or none when there is no such array. */
    static Stream<ObjectNode> objects(JsonNode array) {
        return array.valueStream().filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** The element of this name (case-insensitive). */
    static Optional<ObjectNode> named(JsonNode array, String name) {
        return objects(array)
                .filter(o -> o.path("name").asText().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The ids of an array of references. */
    static Stream<String> ids(JsonNode array) {
        return objects(array).map(o -> o.path("id").asText());
    }
}
