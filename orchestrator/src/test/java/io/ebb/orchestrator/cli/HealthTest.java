package io.ebb.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against a running orchestrator. */
@MicronautTest(environments = "fakes", transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HealthTest implements TestPropertyProvider {
    @TempDir static Path data;

    @Inject EmbeddedServer server;

    @Override
    public Map<String, String> getProperties() {
        return Map.of(
                "ebb.data", data.toString(),
                "ebb.port", "-1",
                "datasources.default.enabled", "false",
                "flyway.enabled", "false");
    }

    private static Run run(String... args) {
        return Run.of(new Health(), args);
    }

    @Test
    void anOrchestratorThatServesIsHealthyAndNoTokenIsNeededToHearIt(@TempDir Path other)
            throws IOException {
        Files.copy(data.resolve("server.fingerprint"), other.resolve("server.fingerprint"));
        var url = "https://127.0.0.1:" + server.getPort();
        assertThat(run("--data", other.toString(), "--url", url)).isEqualTo(new Run(0, "", ""));
        assertThat(run("--data", data.toString())).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void oneThatHasNeverRunIsNotHealthy(@TempDir Path empty) {
        var run = run("--data", empty.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("not healthy: no ").contains("orchestrator.url");
    }

    @Test
    void oneThatHasEndedIsNotHealthy() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var url = "https://127.0.0.1:" + free;
        var run = run("--data", data.toString(), "--url", url);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("not healthy: no orchestrator answers at " + url);
    }

    @Test
    void anotherServersWordDoesNotCount(@TempDir Path other) throws IOException {
        Files.copy(data.resolve("orchestrator.url"), other.resolve("orchestrator.url"));
        Files.writeString(other.resolve("server.fingerprint"), "00".repeat(32));
        var run = run("--data", other.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the server shows another certificate");
    }
}
