package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Files of Docker Compose, read by its rules as far as they are used here: laid over each other,
 * with their variables replaced.
 *
 * @param project what all of them say together
 * @param variables by which variables were replaced
 */
record Compose(ObjectNode project, Map<String, String> variables) {
    private static final ObjectMapper TREES = new ObjectMapper();

    /** {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?what is missing}}. */
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{(\\w+)(?::([-?])([^}]*))?})?");

    /** A later file's list takes the place of an earlier one's under these keys. */
    private static final Set<String> REPLACED = Set.of("command", "test");

    /**
     * Reads files, each laid over those before it.
     *
     * @throws IllegalArgumentException when a variable is missing
     */
    static Compose read(Map<String, String> variables, Path... files) {
        var project = TREES.createObjectNode();
        for (var file : files) {
            try {
                var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
                Object tree = yaml.load(Files.readString(file));
                lay(project, (ObjectNode) replaced(TREES.valueToTree(tree), variables));
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + file, e);
            }
        }
        return new Compose(project, Map.copyOf(variables));
    }

    JsonNode service(String name) {
        return project.path("services").required(name);
    }

    /** The same with more arguments of a service's command. */
    Compose with(String service, List<String> arguments) {
        var copy = project.deepCopy();
        var command = (ArrayNode) copy.path("services").path(service).required("command");
        arguments.forEach(command::add);
        return new Compose(copy, variables);
    }

    /** The name in the engine of a network or volume of the project. */
    String nameOf(String kind, String key) {
        var own = project.path(kind).path(key).path("name");
        return own.isTextual() ? own.asText() : project.path("name").asText() + "_" + key;
    }

    /** Whether a network or volume is somebody else's, and must be there. */
    boolean isExternal(String kind, String key) {
        return project.path(kind).path(key).path("external").asBoolean();
    }

    private static void lay(ObjectNode base, ObjectNode over) {
        over.properties()
                .forEach(field -> {
                    var key = field.getKey();
                    var below = base.get(key);
                    if (below instanceof ObjectNode map
                            && field.getValue() instanceof ObjectNode o) {
                        lay(map, o);
                    } else if (below instanceof ArrayNode list
                            && field.getValue() instanceof ArrayNode more
                            && !REPLACED.contains(key)) {
                        list.addAll(more);
                    } else {
                        base.set(key, field.getValue());
                    }
                });
    }

    private static JsonNode replaced(JsonNode node, Map<String, String> variables) {
        if (node instanceof ObjectNode map) {
            map.properties()
                    .forEach(field -> field.setValue(replaced(field.getValue(), variables)));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, replaced(list.get(i), variables));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(replaced(node.asText(), variables));
        }
        return node;
    }

    private static String replaced(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found, variables)));
    }

    private static String value(MatchResult found, Map<String, String> variables) {
        var name = found.group(1);
        if (name == null) {
            throw new IllegalArgumentException("not understood: a dollar sign without a name");
        }
        var value = variables.getOrDefault(name, "");
        if (!value.isEmpty()) {
            return value;
        }
        if ("?".equals(found.group(2))) {
            throw new IllegalArgumentException(name + " is missing: " + found.group(3));
        }
        return found.group(3) == null ? "" : found.group(3);
    }
}
