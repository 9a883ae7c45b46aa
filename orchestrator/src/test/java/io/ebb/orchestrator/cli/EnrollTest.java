package io.ebb.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.identity.ServerCertificate;
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
class EnrollTest implements TestPropertyProvider {
    @TempDir static Path data;

    @Inject EmbeddedServer server;
    @Inject ServerCertificate certificate;

    @Override
    public Map<String, String> getProperties() {
        return Map.of(
                "ebb.data", data.toString(),
                "ebb.port", "-1",
                "datasources.default.enabled", "false",
                "flyway.enabled", "false");
    }

    private static Run run(String... args) {
        return Run.of(new Enroll(), args);
    }

    @Test
    void itPrintsTheOneLineThatAnAgentNeeds() {
        var run = run("web-1", "--data", data.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .matches(
                        "EBB_JOIN=https://127\\.0\\.0\\.1:%d#%s\\.web-1\\.\\S+\n"
                                .formatted(server.getPort(), certificate.fingerprint()));
    }

    @Test
    void aFolderThatNoOrchestratorHasUsedIsSaidSo(@TempDir Path empty) {
        var run = run("web-1", "--data", empty.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("has the orchestrator been started with this data folder");
    }

    @Test
    void whereNoneRunsIsSaidSo() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var url = "https://127.0.0.1:" + free;
        var run = run("web-1", "--data", data.toString(), "--url", url);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("no orchestrator answers at " + url);
    }

    @Test
    void anotherServersCertificateIsNotTrusted(@TempDir Path other) throws IOException {
        for (var file : new String[] {"operator.token", "orchestrator.url"}) {
            Files.copy(data.resolve(file), other.resolve(file));
        }
        Files.writeString(other.resolve("server.fingerprint"), "00".repeat(32));
        var run = run("web-1", "--data", other.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the server shows another certificate");
    }

    @Test
    void aRefusalIsToldInTheServersWords() {
        var run = run("web 1", "--data", data.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("answered 422").contains("cannot be the name of a VM");
    }
}
