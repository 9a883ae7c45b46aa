package io.ebb.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ebb.simulator.scenario.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON object of a request, read field by field. */
record Body(JsonNode node) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Body parse(String text) {
        try {
            var node = text.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text);
            if (!node.isObject()) {
                throw new BadRequest("body: expected an object");
            }
            return new Body(node);
        } catch (JsonProcessingException e) {
            throw new BadRequest("body: " + e.getOriginalMessage());
        }
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    Optional<Body> object(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (!node.get(field).isObject()) {
            throw new BadRequest(field + ": expected an object");
        }
        return Optional.of(new Body(node.get(field)));
    }

    Optional<String> text(String field) {
        return has(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> new BadRequest(field + ": is missing"));
    }

    Optional<Integer> integer(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (!node.get(field).canConvertToInt()) {
            throw new BadRequest(field + ": expected an integer");
        }
        return Optional.of(node.get(field).intValue());
    }

    boolean flag(String field) {
        return node.path(field).asBoolean(false);
    }

    Optional<Duration> duration(String field) {
        try {
            return text(field).map(Durations::parse);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(field + ": " + e.getMessage());
        }
    }

    List<String> texts(String field) {
        if (!node.path(field).isArray() || node.path(field).isEmpty()) {
            throw new BadRequest(field + ": expected a list of texts");
        }
        var texts = new ArrayList<String>();
        node.path(field).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    Map<String, String> map(String field) {
        var map = new LinkedHashMap<String, String>();
        node.path(field)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
        var text = text(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.get())) {
                return Optional.of(constant);
            }
        }
        throw new BadRequest(field + ": expected one of " + List.of(type.getEnumConstants()));
    }
}
