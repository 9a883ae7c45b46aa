package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart is in order by Helm's own rules, and renders only what Kubernetes understands. */
@Timeout(60)
class ChartTest {
    static List<Path> valueSets() {
        return Chart.valueSets();
    }

    @Test
    void strictLintingFindsNothingInTheChart() {
        assertClean(Chart.FOLDER);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void strictLintingFindsNothingWithAnyOfTheValueSets(Path values, @TempDir Path folder)
            throws IOException {
        var chart = ChartCopy.into(folder.resolve("chart"));
        var all = Yaml.joined(Yaml.read(chart.resolve("values.yaml")), Yaml.read(values));
        Files.writeString(chart.resolve("values.yaml"), Yaml.write(all));
        assertClean(chart);
    }

    private static void assertClean(Path chart) {
        var result = new Helm(chart).lint().strict().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(said -> said.matches("(?s).*(WARN|ERROR).*"));
    }

    @Test
    void lintingFindsATemplateThatIsBroken(@TempDir Path folder) throws IOException {
        Files.copy(Chart.FOLDER.resolve("Chart.yaml"), folder.resolve("Chart.yaml"));
        Files.createDirectory(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/broken.yaml"), "a: {{ .Values.a.b.c }}\n");
        assertThat(new Helm(folder).lint().strict().call().isFailed()).isTrue();
    }

    @Test
    void thereAreEnoughValueSets() {
        assertThat(valueSets()).hasSizeGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void kubernetesUnderstandsEachManifestOfEachValueSet(Path values) {
        var manifests = Chart.render(Yaml.read(values));
        assertThat(manifests.typed()).hasSizeGreaterThanOrEqualTo(5).doesNotContainNull();
        assertThat(manifests.kinds()).contains("ConfigMap", "Deployment", "Pod", "Service");
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        var deployment = Yaml.joined(deployment(), Yaml.read("spec: {replica: 1}"));
        assertThatThrownBy(new Manifests(List.of(deployment))::typed)
                .hasMessageContaining("replica");
    }

    @Test
    void aFieldOfAnotherTypeIsFound() {
        var deployment = Yaml.joined(deployment(), Yaml.read("spec: {replicas: two}"));
        assertThatThrownBy(new Manifests(List.of(deployment))::typed).hasMessageContaining("two");
    }

    private static JsonNode deployment() {
        return Chart.render("least").documents().stream()
                .filter(document -> document.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
    }
}
