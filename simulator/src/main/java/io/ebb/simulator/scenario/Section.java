package io.ebb.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One mapping of the scenario file. It remembers what was asked for, so that the rest is unknown.
 */
final class Section {
    private final JsonNode node;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    Section(JsonNode node, String path) {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw new ScenarioException((path.isEmpty() ? "scenario" : path) + ": expected a map");
        }
        this.node = node;
        this.path = path;
    }

    String text(String key, String fallback) {
        return optionalText(key).orElse(fallback);
    }

    Optional<String> optionalText(String key) {
        var value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw new ScenarioException(at(key) + ": expected text");
        }
        return Optional.of(value.asText());
    }

    /**
     * Like {@link #optionalText}, but an explicit null means "none" where absence means default.
     */
    Optional<String> textOrNone(String key, String fallback) {
        return node.has(key) ? optionalText(key) : Optional.of(text(key, fallback));
    }

    int integer(String key, int fallback) {
        return parsed(key, Integer::parseInt, "an integer").orElse(fallback);
    }

    boolean bool(String key, boolean fallback) {
        var value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        return switch (value.asText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ScenarioException(at(key) + ": expected true or false");
        };
    }

    Duration duration(String key, String fallback) {
        return parsed(key, Durations::parse, "a duration like 250ms, 5s, 2m")
                .orElseGet(() -> Durations.parse(fallback));
    }

    HostPort hostPort(String key, String fallback) {
        return parsed(key, HostPort::parse, "host:port").orElseGet(() -> HostPort.parse(fallback));
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        var text = optionalText(key);
        if (text.isEmpty()) {
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.get())) {
                return constant;
            }
        }
        throw new ScenarioException(
                at(key) + ": expected one of " + List.of(type.getEnumConstants()));
    }

    Section section(String key) {
        return new Section(value(key), at(key));
    }

    /** The entries of a list, or empty if the key is absent. */
    Optional<List<Section>> sections(String key) {
        var value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            throw new ScenarioException(at(key) + ": expected a list");
        }
        var sections = new ArrayList<Section>();
        for (var element : value) {
            sections.add(new Section(element, at(key) + "[" + sections.size() + "]"));
        }
        return Optional.of(sections);
    }

    /** Refuses keys that nobody asked for: a misspelt key would silently mean the default. */
    void done() {
        node.fieldNames()
                .forEachRemaining(key -> {
                    if (!asked.contains(key)) {
                        throw new ScenarioException(at(key) + ": unknown key");
                    }
                });
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> Optional<T> parsed(String key, Function<String, T> parser, String expected) {
        try {
            return optionalText(key).map(parser);
        } catch (IllegalArgumentException e) {
            throw new ScenarioException(at(key) + ": expected " + expected);
        }
    }

    private JsonNode value(String key) {
        asked.add(key);
        var value = node.get(key);
        return value == null ? MissingNode.getInstance() : value;
    }
}
