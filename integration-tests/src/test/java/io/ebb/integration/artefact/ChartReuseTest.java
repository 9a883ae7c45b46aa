package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A value that is missing altogether is as by default: what an older chart did not have is, after
 * {@code helm upgrade --reuse-values}, and what somebody set to null.
 */
// Kubernetes calls every field nullable; one that is missing ends the test all the same.
@SuppressWarnings("NullAway")
@Timeout(60)
class ChartReuseTest {
    private static final String NONE = "{}";

    @ParameterizedTest
    @ValueSource(strings = {"least", "policy", "replicas", "load-balancer", "node-identity"})
    void anOlderChartWithoutAnyOfTheValuesRendersTheSame(String values, @TempDir Path folder)
            throws IOException {
        var older = ChartCopy.reusing(NONE, folder);
        assertThat(Chart.render(older, Chart.values(values)).documents())
                .isEqualTo(Chart.render(values).documents());
    }

    @Test
    void whatIsFilledInIsWhatTheChartsOwnValuesSay() throws IOException {
        var values = Yaml.read(Chart.FOLDER.resolve("values.yaml"));
        var flat = JsonNodeFactory.instance.objectNode();
        for (var path : Chart.paths()) {
            flat.set(path, values.at("/" + path.replace(".", "/")));
        }
        assertThat(filledIn()).isEqualTo(flat);
    }

    private static JsonNode filledIn() throws IOException {
        var text = Files.readString(Chart.FOLDER.resolve("templates/_defaults.tpl"));
        var begin = text.indexOf('\n', text.indexOf("{{- define \"ebb.defaults\""));
        return Yaml.read(text.substring(begin, text.indexOf("{{- end", begin)));
    }

    @Test
    void aSettingThatIsNullIsAsByDefault() {
        var nulls =
                Yaml.read(
                        "{lease: null, retention: null, database: null,"
                                + " azure: {tags: null, acknowledge: null, healthAge: null}}");
        var values = Yaml.joined(Chart.values("least"), nulls);
        assertThat(Chart.render(values).settings()).isEqualTo(Chart.render("least").settings());
    }

    @Test
    void aSwitchThatIsOffStaysOff(@TempDir Path folder) throws IOException {
        var off = Yaml.read("azure: {tags: false, acknowledge: false}");
        var values = Yaml.joined(Chart.values("least"), off);
        var azure = Chart.render(ChartCopy.reusing(NONE, folder), values).settings().path("azure");
        assertThat(azure.path("tags").booleanValue()).isFalse();
        assertThat(azure.path("acknowledge").booleanValue()).isFalse();
        assertThat(azure.path("acknowledge").isBoolean()).isTrue();
    }

    @Test
    void aFieldOfKubernetesOwnThatIsNullIsLeftOut() {
        var values =
                Yaml.joined(
                        Chart.values("least"),
                        Yaml.read("podSecurityContext: {runAsUser: null, fsGroup: null}"));
        var context = Chart.render(values).pod().getSecurityContext();
        assertThat(context.getRunAsUser()).isNull();
        assertThat(context.getFsGroup()).isNull();
        assertThat(context.getRunAsNonRoot()).isTrue();
    }
}
