package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** The chart, rendered by Helm itself, as release {@code ebb} in namespace {@code drains}. */
final class Chart {
    static final Path FOLDER = House.here().root().resolve("helm");

    private static final Path RENDERED = ChartCopy.withoutHooks();

    private Chart() {}

    /** The sets of values that come with the chart, each enough to install it. */
    static List<Path> valueSets() {
        try (var files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them, by its name without {@code -values.yaml}. */
    static JsonNode values(String name) {
        return Yaml.read(FOLDER.resolve("ci").resolve(name + "-values.yaml"));
    }

    /**
     * The values, as {@code image.tag}. What is Kubernetes' own, the contexts and the resources, is
     * one value.
     */
    static List<String> paths() {
        var paths = new ArrayList<String>();
        for (var value : Yaml.read(FOLDER.resolve("values.yaml")).properties()) {
            var name = value.getKey();
            if (value.getValue().isEmpty() || !value.getValue().isObject() || isWhole(name)) {
                paths.add(name);
            } else {
                value.getValue().fieldNames().forEachRemaining(key -> paths.add(name + "." + key));
            }
        }
        return paths;
    }

    private static boolean isWhole(String name) {
        return name.endsWith("Context") || name.endsWith("Probe") || name.equals("resources");
    }

    /** What Kubernetes would get. */
    static Manifests render(JsonNode values) {
        return render(RENDERED, values);
    }

    /** What Kubernetes would get of a copy of the chart. */
    static Manifests render(Path chart, JsonNode values) {
        return new Manifests(Yaml.all(template(chart, values)));
    }

    /** What Kubernetes would get of one of the sets of values. */
    static Manifests render(String valueSet) {
        return render(values(valueSet));
    }

    /** Why Helm does not render the least values with this change. */
    static String refusal(String change) {
        var values = Yaml.joined(values("least"), Yaml.read(change));
        var refusal =
                Assertions.assertThrows(
                        IllegalStateException.class,
                        () -> template(RENDERED, values),
                        "rendered " + change);
        return String.valueOf(refusal.getMessage());
    }

    private static String template(Path chart, JsonNode values) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, Yaml.write(values));
                return new Helm(chart)
                        .template()
                        .withName("ebb")
                        .withNamespace("drains")
                        .withKubeVersion("1.30.0")
                        .withValuesFile(file)
                        .call();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
