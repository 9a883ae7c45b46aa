package io.ebb.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.identity.Credentials;
import io.ebb.orchestrator.identity.Credentials.Owner;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.identity.ServerCertificate;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starting with the embedded ledger, again and again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StartTest {
    @TempDir Path folder;

    private ApplicationContext start() {
        var context =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .environments("start")
                        .properties(
                                Map.of(
                                        "ebb.data",
                                        folder + "/data",
                                        "ebb.port",
                                        "-1",
                                        "ebb.azure.subscription",
                                        "none",
                                        "ebb.azure.resource-groups",
                                        "none",
                                        // Nobody listens there: starting needs no Azure.
                                        "ebb.azure.endpoint",
                                        "https://127.0.0.1:1",
                                        "ebb.azure.authority",
                                        "https://127.0.0.1:1"))
                        .start();
        context.getBean(EmbeddedServer.class).start();
        return context;
    }

    @Test
    void tokensAndTheCertificateOutliveARestart() throws IOException {
        var file = folder.resolve("data/operator.token");
        String token;
        String fingerprint;
        String agent;
        try (var first = start()) {
            token = Files.readString(file).strip();
            fingerprint = first.getBean(ServerCertificate.class).fingerprint();
            agent = first.getBean(Credentials.class).issue(new Owner("web-1", Role.AGENT));
        }
        try (var second = start()) {
            assertThat(Files.readString(file).strip()).isEqualTo(token);
            assertThat(second.getBean(ServerCertificate.class).fingerprint())
                    .isEqualTo(fingerprint);
            var credentials = second.getBean(Credentials.class);
            assertThat(credentials.whose(token).map(Owner::role)).contains(Role.ADMIN);
            assertThat(credentials.whose(agent).map(Owner::role)).contains(Role.AGENT);
        }
    }

    @Test
    void theLedgersFolderIsForTheOwnUserOnly() throws IOException {
        try (var context = start()) {
            assertThat(context.isRunning()).isTrue();
            assertThat(folder.resolve("data/ledger.mv.db")).exists();
            assertThat(Files.getPosixFilePermissions(folder.resolve("data")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "data/l,./data/l",
        "/data/l,/data/l",
        "./l,./l",
        "../l,../l",
        "~/l,~/l",
        "C:/l,C:/l"
    })
    void aFolderNeedNotBeWrittenWithADot(String said, String meant) {
        assertThat(EmbeddedStore.explicit(said)).isEqualTo(meant);
    }
}
