package io.ebb.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.Inventory;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator asks of a VM, over real HTTPS. */
@MicronautTest(environments = "fakes", transactional = false)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VmInstructionsTest extends Served {
    @Test
    void aDrainIsRecordedWithWhoAndWhyAndWakesTheLoop() throws IOException {
        var answer =
                post(
                        "/v1/vms/web-0:drain",
                        "{\"reason\": \"new disk\", \"expiresAt\": \"2026-11-20T20:00:00+01:00\"}",
                        "Operation-Id",
                        "op-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        for (var header : List.of("Location", "Operation-Location")) {
            assertThat(answer.raw().headers().firstValue(header)).contains("/v1/instructions/op-1");
        }
        var asked = answer.json();
        assertThat(asked.path("kind").asText()).isEqualTo("drain");
        assertThat(asked.path("vm").asText()).isEqualTo("web-0");
        assertThat(asked.path("vmId").asText()).isEqualTo("00000000");
        assertThat(asked.path("who").asText()).isEqualTo("ann");
        assertThat(asked.path("why").asText()).isEqualTo("new disk");
        assertThat(asked.path("since").asText()).isEqualTo("2026-11-20T17:00:00Z");
        assertThat(asked.path("expiresAt").asText()).isEqualTo("2026-11-20T19:00:00Z");
        assertThat(asked.path("stands").asBoolean()).isTrue();
        assertThat(asked.has("starts")).isFalse();
        assertThat(isWoken()).isTrue();
        assertThat(get("/v1/instructions/op-1").json()).isEqualTo(asked);
        assertThat(ledger.open().instructions()).hasSize(1);
    }

    @Test
    void aRequestWithoutABodyIsEnough() throws IOException {
        for (var verb : List.of("drain", "exempt", "putBack")) {
            var answer = post("/v1/vms/web-2:" + verb, "");
            if (verb.equals("putBack")) {
                assertThat(problem(answer, 409, "CauseStands")).contains("drained for ann");
            } else {
                assertThat(answer.status()).as(answer.body()).isEqualTo(202);
                assertThat(answer.json().path("kind").asText()).isEqualTo(verb);
                assertThat(answer.json().path("id").asText()).hasSize(36);
                assertThat(answer.json().path("expiresAt").isNull()).isTrue();
            }
        }
    }

    @Test
    void aVmIsFoundByItsNameInAnyCaseAndByItsVmId() throws IOException {
        for (var name : List.of("web-0", "WEB-0", "00000000")) {
            var asked = post("/v1/vms/" + name + ":exempt", "{}").json();
            assertThat(asked.path("vmId").asText()).as(name).isEqualTo("00000000");
        }
        var nobody = post("/v1/vms/web-7:exempt", "{}");
        assertThat(problem(nobody, 404, "NotFound")).contains("web-7");
    }

    @Test
    void aNameThatTwoVmsShareIsAmbiguousAndTheAnswerNamesTheirVmIds() throws IOException {
        var view = Fleet.view();
        var known = new ArrayList<>(view.fleet().vms());
        known.add(
                new Inventory.KnownVm(
                        Fleet.vm(7), "Web-0", "/vms/other", "/sets/other", List.of()));
        latest.view =
                Optional.of(
                        new Latest.View(
                                view.world(),
                                view.plan(),
                                new Inventory.Fleet(known, view.fleet().pools())));
        assertThat(problem(post("/v1/vms/web-0:drain", ""), 409, "Ambiguous"))
                .contains("00000000, 00000007");
        assertThat(post("/v1/vms/00000007:drain", "").status()).isEqualTo(202);
    }

    @Test
    void beforeTheInventoryIsReadOperatorsAreAskedToTryAgain() throws IOException {
        latest.view = Optional.empty();
        ledger.open =
                new Ledger.Open(List.of(), List.of(), List.of(), List.of(), Optional.empty(), 0);
        assertThat(problem(post("/v1/vms/web-0:drain", ""), 503, "NotReady")).contains("inventory");
    }

    @Test
    void theSameOperationIdIsNoSecondInstruction() throws IOException {
        var first = post("/v1/vms/web-0:drain", "", "Operation-Id", "op-1").json();
        delete("/v1/instructions/op-1");
        ledger.now = Fleet.NOW.plusSeconds(9);
        var again = post("/v1/vms/web-0:drain", "", "Operation-Id", "op-1").json();
        assertThat(again.path("since")).isEqualTo(first.path("since"));
        assertThat(again.path("stands").asBoolean(true)).isFalse();
        assertThat(ledger.instructions(9)).hasSize(1);
        var other = post("/v1/vms/web-2:drain", "", "Operation-Id", "op-1");
        assertThat(problem(other, 400, "OperationIdUsed")).contains("op-1");
    }

    @Test
    void whatCannotBeMeantIsRefusedWithTheFieldsName() throws IOException {
        var path = "/v1/vms/web-0:drain";
        assertThat(problem(post(path, "{\"reason\": 4}"), 422, "ValidationFailed"))
                .startsWith("reason:");
        assertThat(problem(post(path, "{\"expires\": \"x\"}"), 422, "ValidationFailed"))
                .startsWith("expires: expected reason, expiresAt");
        assertThat(problem(post(path, "{\"expiresAt\": \"soon\"}"), 422, "ValidationFailed"))
                .startsWith("expiresAt is 'soon'");
        var passed = "{\"expiresAt\": \"2026-11-20T17:00:00Z\"}";
        assertThat(problem(post(path, passed), 422, "ValidationFailed")).contains("has passed");
        assertThat(problem(post(path, "[]"), 422, "ValidationFailed")).contains("object");
        assertThat(problem(post(path, "{\"reason\":"), 400, "Malformed")).contains("JSON");
        var id = post(path, "", "Operation-Id", "a/b");
        assertThat(problem(id, 422, "ValidationFailed")).startsWith("Operation-Id");
        assertThat(ledger.instructions(9)).isEmpty();
        assertThat(isWoken()).isFalse();
    }

    @Test
    void onlyOperatorsMayAsk() {
        for (var role : List.of(Role.AGENT, Role.READER)) {
            for (var path : List.of("/v1/vms/web-0:drain", "/v1/vms/web-0:drain?dryRun=true")) {
                assertThat(https.send("POST", path, token(role), "").status()).isEqualTo(403);
            }
        }
        assertThat(https.send("POST", "/v1/vms/web-0:drain", token(Role.ADMIN), "").status())
                .isEqualTo(202);
    }

    @Test
    void aDryRunOfADrainSaysWhatWouldFollowAndRecordsNothing() throws IOException {
        latest.view = Optional.of(Fleet.view(Terms.DEFAULT, 2));
        var answer = post("/v1/vms/web-0:drain?dryRun=true", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var preview = answer.json();
        assertThat(preview.path("vm").asText()).isEqualTo("web-0");
        assertThat(preview.path("mode").asText()).isEqualTo("observe");
        assertThat(preview.path("state").asText()).isEqualTo("Draining");
        assertThat(preview.path("deadline").asText()).isEqualTo("2026-11-20T17:10:00Z");
        assertThat(preview.path("lookedAt").asText()).isEqualTo("2026-11-20T17:00:00Z");
        assertThat(preview.path("steps")).hasSize(1);
        assertThat(preview.path("steps").get(0).path("step").asText()).isEqualTo("Quiesce");
        assertThat(preview.path("steps").get(0).path("pool").asText()).isEqualTo("web");
        assertThat(ledger.instructions(9)).isEmpty();
        assertThat(isWoken()).isFalse();
    }

    @Test
    void aDryRunOfADrainSaysWhyTheVmWouldHaveToWait() throws IOException {
        var preview = post("/v1/vms/web-0:drain?dryRun=true", "").json();
        assertThat(preview.path("state").asText()).isEqualTo("Waiting");
        assertThat(preview.path("why").asText()).contains("web has 2 of 3 in rotation");
        assertThat(preview.path("steps")).isEmpty();
        latest.view = Optional.empty();
        problem(post("/v1/vms/web-1:drain?dryRun=true", ""), 503, "NotReady");
    }

    @Test
    void aDryRunOfAnExemptionRecordsNothingEither() throws IOException {
        var answer = post("/v1/vms/web-0:exempt?dryRun=true", "{\"reason\": \"mine\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("why").asText()).isEqualTo("mine");
        assertThat(ledger.instructions(9)).isEmpty();
    }

    @Test
    void aVmIsNotPutBackWhileItsEventStands() throws IOException {
        assertThat(problem(post("/v1/vms/web-1:putBack", ""), 409, "CauseStands"))
                .contains(
                        "602d9444-d2cd (Reboot)", "POST /v1/scheduledEvents/602d9444-d2cd:cancel");
        assertThat(ledger.instructions(9)).isEmpty();
        assertThat(post("/v1/scheduledEvents/602d9444-d2cd:cancel", "").status()).isEqualTo(202);
        assertThat(post("/v1/vms/web-1:putBack", "").status()).isEqualTo(202);
    }

    @Test
    void aVmIsNotPutBackWhileAnOperatorDrainsIt() throws IOException {
        post("/v1/vms/web-0:drain", "{\"reason\": \"new disk\"}", "Operation-Id", "op-1");
        assertThat(problem(post("/v1/vms/web-0:putBack", ""), 409, "CauseStands"))
                .contains("ann: new disk", "DELETE /v1/instructions/op-1");
        delete("/v1/instructions/op-1");
        var answer = post("/v1/vms/web-0:putBack", "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("kind").asText()).isEqualTo("putBack");
    }

    @Test
    void aReplicaThatHasNotLookedForLongRefusesNoPutBackByWhatItSawThen() {
        ledger.now = Fleet.NOW.plusSeconds(61);
        assertThat(post("/v1/vms/web-1:putBack", "").status()).isEqualTo(202);
    }

    @Test
    void aWordThatThereIsNotIsNotFound() throws IOException {
        problem(post("/v1/vms/web-0:reboot", ""), 404, "NotFound");
    }
}
