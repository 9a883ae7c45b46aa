package io.ebb.integration.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of the chart. */
final class ChartCopy {
    /** Renders the notes where they can be looked at. */
    private static final String NOTES =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: notes
            data:
              notes: {{ tpl (.Files.Get "NOTES.txt") . | quote }}
            """;

    private ChartCopy() {}

    /** As it is. */
    static Path into(Path folder) throws IOException {
        try (var files = Files.walk(Chart.FOLDER)) {
            for (var file : files.toList()) {
                var copy = folder.resolve(Chart.FOLDER.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return folder;
    }

    /** What {@code helm upgrade --reuse-values} renders: this chart with an older one's values. */
    static Path reusing(String olderValues, Path folder) throws IOException {
        var copy = withoutHooks(folder);
        Files.writeString(copy.resolve("values.yaml"), olderValues);
        return copy;
    }

    /** One whose test and notes are rendered like the rest: Helm does not show them otherwise. */
    static Path withoutHooks() {
        try {
            return withoutHooks(Files.createTempDirectory("chart"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path withoutHooks(Path folder) throws IOException {
        var copy = into(folder);
        var test = copy.resolve("templates/tests/reach.yaml");
        Files.writeString(
                test, Files.readString(test).replace("helm.sh/hook:", "helm.sh/was-hook:"));
        Files.move(copy.resolve("templates/NOTES.txt"), copy.resolve("NOTES.txt"));
        Files.writeString(copy.resolve("templates/notes.yaml"), NOTES);
        return copy;
    }
}
