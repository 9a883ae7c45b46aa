package io.ebb.integration.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One setting of the orchestrator, as the compiler found it: name, type and default of a record's
 * component, and its Javadoc.
 *
 * @param type in a word, such as {@code time}
 * @param byDefault empty: none
 */
record Known(String name, String type, String byDefault, String meaning) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** What is set in {@code application.yml} and read by Micronaut alone. */
    private static final Map<String, String> DATABASE =
            Map.of(
                    "ebb.database.url",
                    "a JDBC URL of H2 or PostgreSQL; by default a file of H2 in `data`",
                    "ebb.database.username",
                    "who connects to the database",
                    "ebb.database.password",
                    "the password of that user");

    /** Every setting but those of the policy, by name. */
    static SortedMap<String, Known> all() {
        var all = new TreeMap<String, Known>();
        for (var property : properties()) {
            var known = known(property);
            all.put(known.name(), known);
        }
        DATABASE.forEach((name, meaning) -> {
            var said = shipped().getOrDefault(name, "");
            var url = name.endsWith(".url");
            all.put(name, new Known(name, "text", url ? "" : said, meaning));
        });
        return all;
    }

    /** The section {@code ebb} of the orchestrator's own {@code application.yml}, by path. */
    static Map<String, String> shipped() {
        try {
            var file =
                    House.here().root().resolve("orchestrator/src/main/resources/application.yml");
            var flat = new LinkedHashMap<String, String>();
            flatten("ebb", new ObjectMapper(new YAMLFactory()).readTree(file.toFile()), flat);
            return flat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flatten(String path, JsonNode whole, Map<String, String> flat) {
        var node = whole.at("/" + path.replace('.', '/'));
        if (!node.isObject()) {
            flat.put(path, node.asText());
            return;
        }
        node.fieldNames().forEachRemaining(name -> flatten(path + "." + name, whole, flat));
    }

    private static List<JsonNode> properties() {
        try {
            return Collections.list(Known.class.getClassLoader().getResources(METADATA)).stream()
                    .flatMap(url -> read(url).path("properties").valueStream())
                    .filter(property -> property.path("name").asText().startsWith("ebb."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(URL url) {
        try (var in = url.openStream()) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Known known(JsonNode property) {
        return new Known(
                property.path("name").asText(),
                type(property.path("type").asText()),
                property.path("defaultValue").asText(),
                plain(property.path("description").asText()));
    }

    private static String type(String name) {
        if (name.equals(Duration.class.getName())) {
            return "time";
        } else if (name.equals(URI.class.getName())) {
            return "URL";
        } else if (name.equals(Path.class.getName())) {
            return "file";
        } else if (name.equals(List.class.getName())) {
            return "comma list";
        }
        return switch (name) {
            case "int" -> "number";
            case "boolean" -> "`true`, `false`";
            case "java.lang.String", "java.util.Optional" -> "text";
            default -> words(name);
        };
    }

    private static String words(String name) {
        try {
            return Arrays.stream(Class.forName(name).getEnumConstants())
                    .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no word for the type " + name, e);
        }
    }

    /** Javadoc as Markdown. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s+", " ").replaceAll("\\{@code ([^}]*)}", "`$1`").strip();
    }
}
