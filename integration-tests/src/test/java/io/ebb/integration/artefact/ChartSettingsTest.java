package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real orchestrator starts with the settings that the chart renders. */
// Kubernetes calls every field nullable; one that is missing ends the test all the same.
@SuppressWarnings("NullAway")
@Timeout(120)
class ChartSettingsTest {
    private static final List<String> TIMES =
            List.of(
                    "lease",
                    "reading-age",
                    "retention",
                    "azure.request-timeout",
                    "azure.operation-timeout",
                    "azure.health-age");

    @TempDir private Path folder = Path.of("");

    @Test
    void theOrchestratorServesWithTheChartsSettingsAndAnswersTheProbes() throws Exception {
        try (var running = start(Chart.render("policy"))) {
            var pod = Chart.render("policy").orchestrator();
            for (var probe :
                    new String[] {
                        pod.getLivenessProbe().getHttpGet().getPath(),
                        pod.getReadinessProbe().getHttpGet().getPath()
                    }) {
                assertThat(running.status(probe)).as(probe).isEqualTo(200);
            }
            assertThat(running.status("/v1/drains")).isEqualTo(401);
            assertThat(running.data().resolve("operator.token")).isNotEmptyFile();
            assertThat(keytool(URI.create(running.url()).getAuthority()))
                    .contains("ebb.example", "ebb-ebb-orchestrator.drains.svc");
        }
    }

    @Test
    void aPolicyThatContradictsItselfDoesNotStart() {
        var values = Yaml.joined(Chart.values("least"), Yaml.read("policy: {quiet: 20m}"));
        assertThatThrownBy(() -> start(Chart.render(values)).close())
                .hasMessageContaining("ebb.policy.quiet");
    }

    @Test
    void aLeaseThatIsTooShortForTheReadingAgeDoesNotStart() {
        var values = Yaml.joined(Chart.values("least"), Yaml.read("{lease: 10s, readingAge: 6s}"));
        assertThatThrownBy(() -> start(Chart.render(values)).close())
                .hasMessageContaining("ebb.reading-age is 12.0 s")
                .hasMessageContaining("ebb.lease, which is 10.0 s");
    }

    @Test
    void byDefaultEachTimeIsTheOrchestratorsOwn() throws IOException {
        var page = Files.readString(Chart.FOLDER.resolveSibling("docs/configuration.md"));
        var settings = Chart.render("least").settings();
        for (var name : TIMES) {
            assertThat(settings.at("/" + name.replace(".", "/")).asText())
                    .as(name)
                    .matches("[0-9]+[smd]")
                    .satisfies(time ->
                            assertThat(page)
                                    .containsPattern(
                                            "\\| `ebb.%s` \\|.*\\| time \\| `%s` \\|"
                                                    .formatted(name, time)));
        }
    }

    @Test
    void eachTimeIsTheOneOfTheValues() {
        var settings = Chart.render("policy").settings();
        assertThat(settings.path("lease").asText()).isEqualTo("12s");
        assertThat(settings.path("reading-age").asText()).isEqualTo("5s");
        assertThat(settings.path("retention").asText()).isEqualTo("30d");
    }

    /** On loopback, with an Azure that is not there. */
    private Running start(Manifests manifests) throws IOException {
        var ebb = (ObjectNode) manifests.settings();
        ebb.put("host", "127.0.0.1").put("port", freePort());
        ((ObjectNode) ebb.path("azure"))
                .put("endpoint", "https://127.0.0.1:9")
                .put("authority", "https://127.0.0.1:9");
        var file = folder.resolve("ebb.yml");
        var whole = JsonNodeFactory.instance.objectNode();
        Files.writeString(file, Yaml.write(whole.set("ebb", ebb)));
        return Running.start(
                folder.resolve("data"),
                Map.of(
                        "MICRONAUT_CONFIG_FILES", file.toString(),
                        "AZURE_TENANT_ID", "33333333-3333-3333-3333-333333333333",
                        "AZURE_CLIENT_ID", "22222222-2222-2222-2222-222222222222",
                        "AZURE_CLIENT_SECRET", "none"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As the chart's test does. */
    private static String keytool(String server) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(Running.tool("keytool"), "-printcert", "-sslserver", server)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
