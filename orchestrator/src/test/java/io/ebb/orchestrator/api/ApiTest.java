package io.ebb.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.identity.Credentials;
import io.ebb.orchestrator.identity.Credentials.Owner;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.identity.ServerCertificate;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The endpoints over real HTTPS. */
@MicronautTest(environments = "fakes", transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApiTest implements TestPropertyProvider {
    @TempDir static Path data;

    @Inject EmbeddedServer server;
    @Inject ServerCertificate certificate;
    @Inject Credentials credentials;
    @Inject FakeLedger ledger;
    @Inject FakeLatest latest;
    @Inject FakeReception reception;
    private Https https;

    @Override
    public Map<String, String> getProperties() {
        return Map.of(
                "ebb.data", data.toString(),
                "ebb.port", "-1",
                "ebb.public-names", "ebb.example.net,10.0.0.9",
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
        ledger.open = Fleet.open();
        ledger.drains = List.of(Fleet.drain());
        ledger.timeline = List.of(Fleet.entry());
        ledger.agents = List.of(Fleet.heard(1), Fleet.heard(9));
        latest.view = Optional.of(Fleet.view());
        latest.problem = Optional.empty();
    }

    @AfterEach
    void nothingIsSpokenWithoutTls() {
        assertThat(server.getURI().getScheme()).isEqualTo("https");
    }

    private String token(Role role) {
        return credentials.issue(new Owner("web-1", role));
    }

    @Test
    void healthNeedsNoTokenAndTellsNoDetails() throws IOException {
        var answer = https.get("/health", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("UP");
        assertThat(answer.json().path("details").isNull()).isTrue();
        assertThat(https.get("/health/liveness", "").status()).isEqualTo(200);
        assertThat(https.get("/health/readiness", "").status()).isEqualTo(200);
    }

    @Test
    void everythingElseNeedsAToken() throws IOException {
        for (var path :
                List.of(
                        "/v1/drains",
                        "/v1/drains/01JD3Q",
                        "/v1/scheduledEvents",
                        "/v1/pools",
                        "/v1/vms",
                        "/v1/info",
                        "/v1/instructions",
                        "/v1/policy",
                        "/v1/alerts",
                        "/env",
                        "/no/such/path")) {
            for (var token : List.of("", "not-a-token")) {
                var answer = https.get(path, token);
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.type()).startsWith("application/problem+json");
                assertThat(answer.json().path("code").asText()).isEqualTo("Unauthenticated");
                assertThat(answer.json().path("status").asInt()).isEqualTo(401);
                assertThat(answer.json().path("instance").asText()).isEqualTo(path);
            }
        }
    }

    @Test
    void anAgentIsNotAReader() throws IOException {
        var answer = https.get("/v1/drains", token(Role.AGENT));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("Forbidden");
    }

    @Test
    void readerOperatorAndAdminMayLook() {
        for (var role : List.of(Role.READER, Role.OPERATOR, Role.ADMIN)) {
            assertThat(https.get("/v1/drains", token(role)).status()).isEqualTo(200);
        }
    }

    @Test
    void onlyAnAgentMayReport() {
        var report = Fleet.json(Fleet.report(1));
        for (var role : List.of(Role.READER, Role.OPERATOR, Role.ADMIN)) {
            assertThat(https.post("/agent/v1/reports", token(role), report).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aReportIsTakenVerbatimAndAnsweredWithTheWish() throws IOException {
        var report = Fleet.json(Fleet.report(1)).replaceFirst("\\{", "{ \"unknown\" : [1] ,");
        var answer = https.post("/agent/v1/reports", token(Role.AGENT), report);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.json().path("passProbe").asBoolean(true)).isFalse();
        assertThat(answer.json().path("nextReportMs").asInt()).isEqualTo(1000);
        assertThat(reception.lastJson).isEqualTo(report);
    }

    @Test
    void aMalformedReportIsAnsweredWithThePathOfWhatIsWrong() throws IOException {
        var report = Fleet.json(Fleet.report(1)).replace("\"sequence\":1", "\"sequence\":\"x\"");
        var answer = https.post("/agent/v1/reports", token(Role.AGENT), report);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("Malformed");
        assertThat(answer.json().path("detail").asText()).contains("report.sequence");
    }

    @Test
    void whileTheInventoryIsNotKnownAgentsAreAskedToTryAgain() throws IOException {
        reception.ready = false;
        try {
            var answer =
                    https.post("/agent/v1/reports", token(Role.AGENT), Fleet.json(Fleet.report(2)));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("code").asText()).isEqualTo("NotReady");
        } finally {
            reception.ready = true;
        }
    }

    @Test
    void anAgentMayNotSpeakForAnotherVm() throws IOException {
        var answer =
                https.post("/agent/v1/reports", token(Role.AGENT), Fleet.json(Fleet.report(2)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("the token of web-1 does not speak for web-2");
    }

    @Test
    void aDrainSaysWhereItsVmStandsAndHowToPutItBackByHand() throws IOException {
        var list = https.get("/v1/drains", token(Role.READER)).json().path("value");
        assertThat(list).hasSize(1);
        var drain = list.get(0);
        assertThat(drain.path("id").asText()).isEqualTo("01JD3Q");
        assertThat(drain.path("vm").asText()).isEqualTo("web-1");
        assertThat(drain.path("vmId").asText()).isEqualTo("00000001");
        assertThat(drain.path("state").asText()).isEqualTo("Draining");
        assertThat(drain.path("since").asText()).isEqualTo("2026-11-20T17:00:00Z");
        assertThat(drain.path("policy").asInt()).isEqualTo(7);
        assertThat(drain.path("parked").isNull()).isTrue();
        assertThat(drain.path("openedAt").asText()).isEqualTo("2026-11-20T17:00:00Z");
        assertThat(drain.path("closedAt").isNull()).isTrue();
        assertThat(drain.path("connections").asInt()).isEqualTo(37);
        assertThat(drain.path("events").get(0).path("id").asText()).isEqualTo("602D9444-d2cd");
        assertThat(drain.path("events").get(0).path("type").asText()).isEqualTo("Reboot");
        assertThat(drain.path("members").get(0).path("pool").asText()).isEqualTo("web");
        assertThat(drain.path("members").get(0).path("standing").asText()).isEqualTo("quiesced");
        assertThat(drain.path("putBackByHand").asText()).isEqualTo("az put ipconfig back into web");
        assertThat(drain.has("timeline")).isFalse();
    }

    @Test
    void oneDrainHasItsTimelineAndIsNotSentTwiceToWhoHasIt() throws IOException {
        var token = token(Role.READER);
        var answer = https.get("/v1/drains/01JD3Q", token);
        assertThat(answer.status()).isEqualTo(200);
        var line = answer.json().path("timeline").get(0);
        assertThat(line.path("sequence").asLong()).isEqualTo(7);
        assertThat(line.path("type").asText()).isEqualTo("MemberQuiesced");
        assertThat(line.path("message").asText()).isEqualTo("web-1 fails its probe in web");
        assertThat(line.path("before").asText()).isEqualTo("in");
        assertThat(line.path("after").asText()).isEqualTo("quiesced");
        var tag = answer.raw().headers().firstValue("ETag").orElseThrow();
        assertThat(https.get("/v1/drains/01JD3Q", token, "If-None-Match", tag).status())
                .isEqualTo(304);
        ledger.timeline = List.of();
        assertThat(https.get("/v1/drains/01JD3Q", token, "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownDrainIsNotFound() throws IOException {
        var answer = https.get("/v1/drains/none", token(Role.READER));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("NotFound");
    }

    @Test
    void aReaderIsToldThatAPathDoesNotExistAndAnAgentIsNot() throws IOException {
        var answer = https.get("/v1/nothing", token(Role.READER));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("NotFound");
        assertThat(https.get("/v1/nothing", token(Role.AGENT)).status()).isEqualTo(403);
        assertThat(https.get("/health", token(Role.AGENT)).status()).isEqualTo(200);
        assertThat(https.post("/v1/drains", token(Role.READER), "{}").status()).isEqualTo(405);
    }

    @Test
    void anEventSaysWhatTheLastTurnMadeOfIt() throws IOException {
        var event =
                https.get("/v1/scheduledEvents", token(Role.READER)).json().path("value").get(0);
        assertThat(event.path("id").asText()).isEqualTo("602D9444-d2cd");
        assertThat(event.path("notBefore").asText()).isEqualTo("2026-11-20T17:10:00Z");
        assertThat(event.path("inSight").asBoolean()).isTrue();
        assertThat(event.path("strangers").get(0).asText()).isEqualTo("stranger-1");
        assertThat(event.path("approved").isNull()).isTrue();
        assertThat(event.path("approve").asText()).isEqualTo("when-drained");
        assertThat(event.path("atDeadline").asText()).isEqualTo("leave");
    }

    @Test
    void aPoolSaysHowManyMoreMayLeaveIt() throws IOException {
        var pool = https.get("/v1/pools", token(Role.READER)).json().path("value").get(0);
        assertThat(pool.path("name").asText()).isEqualTo("web");
        assertThat(pool.path("strategy").asText()).isEqualTo("quiesce-then-remove");
        assertThat(pool.path("inRotation").asInt()).isEqualTo(2);
        assertThat(pool.path("out").asInt()).isEqualTo(1);
        assertThat(pool.path("budgetLeft").asInt(-1)).isZero();
        assertThat(pool.path("members")).hasSize(3);
        assertThat(pool.path("members").get(1).path("state").asText()).isEqualTo("Draining");
    }

    @Test
    void aVmSaysWhereItStandsAndWhenItsAgentWasHeard() throws IOException {
        var vms = https.get("/v1/vms", token(Role.READER)).json().path("value");
        assertThat(vms).hasSize(4);
        assertThat(vms.get(0).path("state").asText()).isEqualTo("Untouched");
        assertThat(vms.get(0).path("agent").isNull()).isTrue();
        assertThat(vms.get(1).path("state").asText()).isEqualTo("Draining");
        assertThat(vms.get(1).path("agent").path("lastHeard").asText())
                .isEqualTo("2026-11-20T17:00:00Z");
        assertThat(vms.get(1).path("agent").path("health").asText()).isEqualTo("port 8080 accepts");
        assertThat(vms.get(3).path("name").asText()).isEqualTo("web-9");
        assertThat(vms.get(3).path("why").asText()).isEqualTo("it is not in the inventory");
    }

    @Test
    void beforeTheFirstTurnTheListsAreEmpty() throws IOException {
        latest.view = Optional.empty();
        latest.problem = Optional.of("reading the inventory: ARM answered 403");
        var token = token(Role.READER);
        assertThat(https.get("/v1/pools", token).body()).isEqualTo("{\"value\":[]}");
        assertThat(https.get("/v1/info", token).json().path("problem").asText())
                .contains("ARM answered 403");
        assertThat(https.get("/v1/info", token).json().path("mode").asText()).isEqualTo("observe");
    }

    @Test
    void anAdminEnrolsAnAgentWhichMayThenReport() throws IOException {
        var admin = Files.readString(data.resolve("operator.token")).strip();
        var answer = https.post("/v1/agents/web-1:enroll", admin, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("url").asText())
                .isEqualTo("https://ebb.example.net:" + server.getPort());
        assertThat(answer.json().path("fingerprint").asText())
                .isEqualTo(Files.readString(data.resolve("server.fingerprint")).strip());
        var token = answer.json().path("token").asText();
        assertThat(https.post("/agent/v1/reports", token, Fleet.json(Fleet.report(1))).status())
                .isEqualTo(200);
    }

    @Test
    void anOperatorMayNotEnrolAndABadNameIsRefused() throws IOException {
        assertThat(https.post("/v1/agents/web-1:enroll", token(Role.OPERATOR), "").status())
                .isEqualTo(403);
        var answer = https.post("/v1/agents/web%201:enroll", token(Role.ADMIN), "");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asText()).isEqualTo("ValidationFailed");
    }
}
