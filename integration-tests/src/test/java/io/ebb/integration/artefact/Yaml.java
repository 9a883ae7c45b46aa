package io.ebb.integration.artefact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads and joins YAML; JSON is YAML, too. */
final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    private Yaml() {}

    /** The one document of a file. */
    static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** The one document of a text. */
    static ObjectNode read(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("reading " + text, e);
        }
    }

    /** All documents of a text; empty ones do not count. */
    static List<JsonNode> all(String text) {
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + text, e);
        }
    }

    static String write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing " + tree, e);
        }
    }

    /** As Helm joins values: objects are joined, anything else is replaced. */
    static ObjectNode joined(JsonNode base, JsonNode change) {
        ObjectNode joined = base.deepCopy();
        change.properties()
                .forEach(field -> {
                    var before = joined.path(field.getKey());
                    var value = field.getValue();
                    joined.set(
                            field.getKey(),
                            before.isObject() && value.isObject() ? joined(before, value) : value);
                });
        return joined;
    }
}
