package io.ebb.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.control.Wake;
import io.ebb.orchestrator.control.Woken;
import io.ebb.orchestrator.identity.Credentials;
import io.ebb.orchestrator.identity.Credentials.Owner;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.identity.ServerCertificate;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTPS, with a drain under way and operators to talk to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Served implements TestPropertyProvider {
    @TempDir static Path data;

    @Inject EmbeddedServer server;
    @Inject ServerCertificate certificate;
    @Inject Credentials credentials;
    @Inject FakeLedger ledger;
    @Inject FakeLatest latest;
    @Inject Wake wake;
    Https https;

    @Override
    public Map<String, String> getProperties() {
        return Map.of(
                "ebb.data", data.toString(),
                "ebb.port", "-1",
                "datasources.default.enabled", "false",
                "flyway.enabled", "false");
    }

    @BeforeAll
    void connect() {
        https = new Https(certificate, server.getURI());
    }

    @AfterAll
    void disconnect() {
        https.close();
    }

    @BeforeEach
    void aDrainUnderWay() {
        ledger.forget();
        ledger.now = Fleet.NOW;
        ledger.open = Fleet.open();
        ledger.drains = List.of(Fleet.drain());
        latest.view = Optional.of(Fleet.view());
        latest.problem = Optional.empty();
        isWoken();
    }

    /** Whether the loop was woken since it was last asked. */
    boolean isWoken() {
        return Woken.within(wake, Duration.ofMillis(1));
    }

    String token(Role role) {
        return credentials.issue(new Owner("ann", role));
    }

    Https.Answer get(String path) {
        return https.get(path, token(Role.READER));
    }

    /** As the operator ann; an empty body is none. */
    Https.Answer post(String path, String body, String... headers) {
        return https.send("POST", path, token(Role.OPERATOR), body, headers);
    }

    Https.Answer delete(String path) {
        return https.send("DELETE", path, token(Role.OPERATOR), "");
    }

    /** Checks that it is a problem of this status and code, and gives its words. */
    static String problem(Https.Answer answer, int status, String code) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }
}
