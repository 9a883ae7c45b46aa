package io.ebb.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.identity.Credentials.Role;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The policy over real HTTPS. */
@MicronautTest(environments = "fakes", transactional = false)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PolicyApiTest extends Served {
    private static final String BY_OPERATOR =
            """
            {"rules": {"users": {"types": "reboot", "source": "user", "approve": "by-operator"}},
             "reason": "reboots of users are asked about"}
            """;

    @BeforeEach
    void aFirstVersion() {
        ledger.revise(0, "{\"policy\":{\"lead\":\"1h\"}}", "settings", "first start");
    }

    private Https.Answer put(String body, String... headers) {
        return https.send("PUT", "/v1/policy", token(Role.ADMIN), body, headers);
    }

    private Https.Answer evaluate(String body) {
        return https.send("POST", "/v1/policy:evaluate", token(Role.READER), body);
    }

    @Test
    void thePolicySaysItsVersionAndWhatItComesTo() throws IOException {
        var answer = get("/v1/policy");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("ETag")).contains("\"1\"");
        var policy = answer.json();
        assertThat(policy.path("version").asInt()).isEqualTo(1);
        assertThat(policy.path("who").asText()).isEqualTo("settings");
        assertThat(policy.path("why").asText()).isEqualTo("first start");
        assertThat(policy.path("since").asText()).isEqualTo("2026-11-20T17:00:00Z");
        assertThat(policy.path("document").path("policy").path("lead").asText()).isEqualTo("1h");
        var terms = policy.path("terms");
        assertThat(terms.path("reboot").path("lead").asText()).isEqualTo("1h");
        assertThat(terms.path("reboot").path("longest-drain").asText()).isEqualTo("10m");
        assertThat(terms.path("freeze").path("below-minimum").asText()).isEqualTo("keep-in");
        assertThat(terms.path("preempt").path("approve").asText()).isEqualTo("never");
        assertThat(terms.path("operator").path("action").asText()).isEqualTo("drain");
        var known = https.get("/v1/policy", token(Role.READER), "If-None-Match", "\"1\"").status();
        assertThat(known).isEqualTo(304);
    }

    @Test
    void beforeAVersionWasWrittenTheSettingsAreInForce() throws IOException {
        ledger.forget();
        var policy = get("/v1/policy");
        assertThat(policy.json().path("version").asInt(-1)).isZero();
        assertThat(policy.raw().headers().firstValue("ETag")).contains("\"0\"");
        assertThat(put(BY_OPERATOR, "If-Match", "\"0\"").status()).isEqualTo(200);
        assertThat(ledger.policy().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void anAdminReplacesThePolicyThatHasBeenRead() throws IOException {
        var answer = put(BY_OPERATOR, "If-Match", "\"1\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("ETag")).contains("\"2\"");
        assertThat(answer.json().path("version").asInt()).isEqualTo(2);
        assertThat(answer.json().path("who").asText()).isEqualTo("ann");
        assertThat(answer.json().path("why").asText())
                .isEqualTo("reboots of users are asked about");
        assertThat(answer.json().path("document").has("reason")).isFalse();
        assertThat(answer.json().path("terms").path("reboot").path("lead").asText())
                .isEqualTo("30m");
        assertThat(isWoken()).isTrue();
        assertThat(get("/v1/policy").json()).isEqualTo(answer.json());
    }

    @Test
    void whoHasNotReadTheVersionInForceReplacesNothing() throws IOException {
        assertThat(problem(put(BY_OPERATOR), 428, "PreconditionRequired")).contains("If-Match");
        for (var tag : new String[] {"\"0\"", "\"2\"", "1", "W/\"1\""}) {
            assertThat(problem(put(BY_OPERATOR, "If-Match", tag), 412, "PreconditionFailed"))
                    .contains("version 1");
        }
        assertThat(ledger.policy().orElseThrow().version()).isEqualTo(1);
        assertThat(isWoken()).isFalse();
    }

    @Test
    void aPolicyThatCannotBeMeantIsRefusedWithTheNamesInTheMessage() throws IOException {
        var margin = "{\"policy\": {\"lead\": \"1m\", \"margin\": \"5m\"}}";
        assertThat(problem(put(margin, "If-Match", "\"1\""), 422, "ValidationFailed"))
                .contains("ebb.policy.margin (5m)", "ebb.policy.lead (1m)");
        var typo = "{\"pools\": {\"web\": {\"minimun\": 2}}}";
        assertThat(problem(put(typo, "If-Match", "\"1\""), 422, "ValidationFailed"))
                .isEqualTo("ebb.pools.web.minimun: there is no such setting");
        var field = "{\"polcy\": {}}";
        assertThat(problem(put(field, "If-Match", "\"1\""), 422, "ValidationFailed"))
                .startsWith("polcy:");
        problem(put("{", "If-Match", "\"1\""), 400, "Malformed");
        assertThat(ledger.policy().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void onlyAnAdminReplacesThePolicyAndAReaderReadsIt() throws IOException {
        for (var role : new Role[] {Role.READER, Role.OPERATOR}) {
            var answer =
                    https.send("PUT", "/v1/policy", token(role), BY_OPERATOR, "If-Match", "\"1\"");
            problem(answer, 403, "Forbidden");
        }
        problem(https.get("/v1/policy", token(Role.AGENT)), 403, "Forbidden");
    }

    @Test
    void thePolicyIsAskedAboutAnEvent() throws IOException {
        var preempt = evaluate("{\"type\": \"Preempt\"}");
        assertThat(preempt.status()).as(preempt.body()).isEqualTo(200);
        assertThat(preempt.json().path("source").asText()).isEqualTo("platform");
        assertThat(preempt.json().path("terms").path("start").asText()).isEqualTo("at-once");
        assertThat(preempt.json().path("terms").path("lead").asText()).isEqualTo("1h");
        var operators = evaluate("{\"source\": \"Operator\", \"pools\": [\"Web\"]}").json();
        assertThat(operators.path("pools").get(0).asText()).isEqualTo("web");
        assertThat(operators.path("terms").path("action").asText()).isEqualTo("drain");
    }

    @Test
    void anotherPolicyIsAskedAboutAnEventWithoutBeingPutInForce() throws IOException {
        var asked =
                """
                {"type": "Freeze", "expectedSeconds": %d, "pools": ["web"],
                 "document": {"policy": {"ignore-freezes-up-to": "10s"}}}
                """;
        var action = "action";
        assertThat(evaluate(asked.formatted(9)).json().path("terms").path(action).asText())
                .isEqualTo("ignore");
        assertThat(evaluate(asked.formatted(11)).json().path("terms").path(action).asText())
                .isEqualTo("drain");
        assertThat(evaluate(asked.formatted(-1)).json().path("terms").path(action).asText())
                .isEqualTo("drain");
        assertThat(ledger.policy().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aQuestionThatCannotBeMeantIsRefused() throws IOException {
        assertThat(problem(evaluate("{}"), 422, "ValidationFailed")).startsWith("type:");
        var source = evaluate("{\"type\": \"Reboot\", \"source\": \"me\"}");
        assertThat(problem(source, 422, "ValidationFailed")).startsWith("source is 'me'");
        var pools = evaluate("{\"type\": \"Reboot\", \"pools\": \"web\"}");
        assertThat(problem(pools, 422, "ValidationFailed")).startsWith("pools:");
        var length = evaluate("{\"type\": \"Reboot\", \"expectedSeconds\": \"9s\"}");
        assertThat(problem(length, 422, "ValidationFailed")).startsWith("expectedSeconds:");
        var document =
                evaluate("{\"type\": \"Reboot\", \"document\": {\"policy\": {\"lead\": \"x\"}}}");
        assertThat(problem(document, 422, "ValidationFailed")).contains("ebb.policy.lead is 'x'");
    }
}
