package io.ebb.orchestrator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body that an operator wrote by hand: a complaint names the field and what was expected. */
final class JsonBody {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final ObjectNode fields;

    private JsonBody(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * Reads an object; no body at all is an empty one.
     *
     * @param expected the names of the fields that it may have
     */
    static JsonBody read(@Nullable String body, List<String> expected) {
        var tree = body == null || body.isBlank() ? JSON.createObjectNode() : tree(body);
        if (!(tree instanceof ObjectNode object)) {
            throw ProblemException.invalid("the body is no JSON object");
        }
        object.fieldNames()
                .forEachRemaining(name -> {
                    if (!expected.contains(name)) {
                        throw ProblemException.invalid(
                                "%s: expected %s".formatted(name, String.join(", ", expected)));
                    }
                });
        return new JsonBody(object);
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "Malformed",
                    "the body is no JSON: " + e.getOriginalMessage());
        }
    }

    /** A text; empty when it is absent or null. */
    Optional<String> text(String name) {
        var value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw ProblemException.invalid(name + ": expected a text");
        }
        return Optional.of(value.asText());
    }

    /** A whole number; empty when it is absent or null. */
    Optional<Long> number(String name) {
        var value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ProblemException.invalid(name + ": expected a whole number");
        }
        return Optional.of(value.asLong());
    }

    /** A list of texts; empty when it is absent or null. */
    List<String> texts(String name) {
        var value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isTextual)) {
            throw ProblemException.invalid(name + ": expected a list of texts");
        }
        return value.valueStream().map(JsonNode::asText).toList();
    }

    /** A field as JSON; empty when it is absent or null. */
    Optional<String> json(String name) {
        var value = fields.path(name);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(value.toString());
    }

    /** Everything but one field, as JSON. */
    String without(String name) {
        return fields.deepCopy().without(name).toString();
    }
}
