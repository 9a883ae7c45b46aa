package io.ebb.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Occasion;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator asks of a scheduled event, over real HTTPS. */
@MicronautTest(environments = "fakes", transactional = false)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventInstructionsTest extends Served {
    private static final String EVENT = "/v1/scheduledEvents/602d9444-D2CD";

    @Inject CurrentRules rules;

    @Test
    void aHoldIsRecordedAndShownWithItsEvent() throws IOException {
        var answer = post(EVENT + ":hold", "{\"reason\": \"release day\"}", "Operation-Id", "h-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.raw().headers().firstValue("Location")).contains("/v1/instructions/h-1");
        assertThat(answer.json().path("kind").asText()).isEqualTo("hold");
        assertThat(answer.json().path("event").asText()).isEqualTo("602d9444-d2cd");
        assertThat(answer.json().path("vm").isNull()).isTrue();
        assertThat(isWoken()).isTrue();
        var shown = get("/v1/scheduledEvents").json().path("value").get(0).path("instructions");
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0)).isEqualTo(answer.json());
        delete("/v1/instructions/h-1");
        assertThat(get("/v1/scheduledEvents").json().path("value").get(0).path("instructions"))
                .isEmpty();
    }

    @Test
    void anUnknownEventIsNotFoundAndOneOfTwoScopesIsAmbiguous() throws IOException {
        problem(post("/v1/scheduledEvents/none:hold", ""), 404, "NotFound");
        ledger.open =
                Fleet.open(
                        List.of(
                                Fleet.seen(Fleet.EVENT, "Scheduled"),
                                Fleet.seen(
                                        new EventId("/sets/other", "602D9444-d2cd"), "Scheduled")),
                        Fleet.drain());
        assertThat(problem(post(EVENT + ":hold", ""), 409, "Ambiguous"))
                .contains("/sets/other, /sets/web");
    }

    @Test
    void anApprovalListsEveryVmThatItStarts() throws IOException {
        var answer = post(EVENT + ":approve", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        var starts = answer.json().path("starts");
        assertThat(starts).hasSize(2);
        assertThat(starts.get(0).path("vm").asText()).isEqualTo("web-1");
        assertThat(starts.get(0).path("managed").asBoolean()).isTrue();
        assertThat(starts.get(0).path("state").asText()).isEqualTo("Draining");
        assertThat(starts.get(0).path("why").asText()).contains("37 connections");
        assertThat(starts.get(0).path("connections").asInt()).isEqualTo(37);
        assertThat(starts.get(1).path("vm").asText()).isEqualTo("stranger-1");
        assertThat(starts.get(1).path("managed").asBoolean(true)).isFalse();
        assertThat(starts.get(1).path("connections").isNull()).isTrue();
        assertThat(isWoken()).isTrue();
        assertThat(ledger.open().instructions()).hasSize(1);
    }

    @Test
    void aDryRunOfAnApprovalListsThemAndRecordsNothing() throws IOException {
        var answer = post(EVENT + ":approve?dryRun=true", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("starts")).hasSize(2);
        assertThat(ledger.instructions(9)).isEmpty();
        assertThat(isWoken()).isFalse();
    }

    @Test
    void whatThePolicyNeverApprovesAnOperatorDoesNotApproveEither() throws IOException {
        var never =
                rules.read("{\"policy\": {\"approve\": \"never\"}}")
                        .policy()
                        .terms(
                                new Occasion(
                                        EventType.REBOOT, "Platform", Optional.empty(), Set.of()));
        latest.view = Optional.of(Fleet.view(never, 1));
        for (var path : List.of(EVENT + ":approve", EVENT + ":approve?dryRun=true")) {
            assertThat(problem(post(path, ""), 409, "PolicyForbids")).contains("Reboot");
        }
        assertThat(ledger.instructions(9)).isEmpty();
    }

    @Test
    void anEventThatHasStartedIsNeitherApprovedNorCancelled() throws IOException {
        ledger.open = Fleet.open(List.of(Fleet.seen(Fleet.EVENT, "Started")), Fleet.drain());
        problem(post(EVENT + ":approve", ""), 409, "NotScheduled");
        problem(post(EVENT + ":approve?dryRun=true", ""), 409, "NotScheduled");
        problem(post(EVENT + ":cancel", ""), 409, "TooLateToCancel");
        problem(post(EVENT + ":cancel?dryRun=true", ""), 409, "TooLateToCancel");
        assertThat(ledger.instructions(9)).isEmpty();
    }

    @Test
    void anEventThatWasApprovedIsNotCancelledAnyMore() throws IOException {
        var approved = Fleet.seen(Fleet.EVENT, "Scheduled").approved("DRAINED");
        ledger.open = Fleet.open(List.of(approved), Fleet.drain());
        problem(post(EVENT + ":cancel", ""), 409, "TooLateToCancel");
    }

    @Test
    void anEventOnHoldIsNotApprovedUntilTheHoldIsWithdrawn() throws IOException {
        post(EVENT + ":hold", "{\"reason\": \"release day\"}", "Operation-Id", "h-1");
        for (var path : List.of(EVENT + ":approve", EVENT + ":approve?dryRun=true")) {
            assertThat(problem(post(path, ""), 409, "EventOnHold")).contains("h-1", "release day");
        }
        delete("/v1/instructions/h-1");
        assertThat(post(EVENT + ":approve", "").status()).isEqualTo(202);
    }

    @Test
    void anApprovalAskedAgainIsAnsweredAsItWas() throws IOException {
        post(EVENT + ":approve", "", "Operation-Id", "a-1");
        ledger.open = Fleet.open(List.of(Fleet.seen(Fleet.EVENT, "Started")), Fleet.drain());
        var again = post(EVENT + ":approve", "", "Operation-Id", "a-1");
        assertThat(again.status()).as(again.body()).isEqualTo(202);
        assertThat(again.json().path("id").asText()).isEqualTo("a-1");
        problem(post(EVENT + ":hold", "", "Operation-Id", "a-1"), 400, "OperationIdUsed");
    }

    @Test
    void anEventThatNamesNoVmOfEbbsIsNotApproved() throws IOException {
        var world = Fleet.view().world();
        var without = new World(world.now(), List.of(), world.vms(), world.pools());
        latest.view = Optional.of(new Latest.View(without, Plan.of(without), Fleet.view().fleet()));
        problem(post(EVENT + ":approve", ""), 409, "NotManaged");
    }

    @Test
    void withdrawingACancellationReopensTheEventOnceAndForAll() throws IOException {
        post(EVENT + ":cancel", "{\"reason\": \"not ours\"}", "Operation-Id", "c-1");
        isWoken();
        ledger.now = Fleet.NOW.plusSeconds(5);
        var first = delete("/v1/instructions/c-1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(isWoken()).isTrue();
        assertThat(first.json().path("stands").asBoolean(true)).isFalse();
        assertThat(first.json().path("ended").asText()).isEqualTo("2026-11-20T17:00:05Z");
        assertThat(first.json().path("endedBy").asText()).isEqualTo("ann");
        ledger.now = Fleet.NOW.plusSeconds(6);
        assertThat(delete("/v1/instructions/c-1").json()).isEqualTo(first.json());
        assertThat(get("/v1/instructions/c-1").json()).isEqualTo(first.json());
        assertThat(ledger.open().instructions()).isEmpty();
    }

    @Test
    void theLatestInstructionsComeFirst() throws IOException {
        post(EVENT + ":hold", "", "Operation-Id", "h-1");
        ledger.now = Fleet.NOW.plusSeconds(1);
        post("/v1/vms/web-0:exempt", "", "Operation-Id", "e-1");
        var list = get("/v1/instructions").json().path("value");
        assertThat(list).hasSize(2);
        assertThat(list.get(0).path("id").asText()).isEqualTo("e-1");
        assertThat(list.get(0).path("vm").asText()).isEqualTo("web-0");
        assertThat(get("/v1/instructions?limit=1").json().path("value")).hasSize(1);
    }

    @Test
    void whatIsNotThereCannotBeReadOrWithdrawnAndAReaderWithdrawsNothing() throws IOException {
        problem(get("/v1/instructions/none"), 404, "NotFound");
        problem(delete("/v1/instructions/none"), 404, "NotFound");
        post(EVENT + ":hold", "", "Operation-Id", "h-1");
        var reader = https.send("DELETE", "/v1/instructions/h-1", token(Role.READER), "");
        problem(reader, 403, "Forbidden");
        problem(https.send("POST", EVENT + ":hold", token(Role.READER), ""), 403, "Forbidden");
        assertThat(ledger.open().instructions()).hasSize(1);
    }
}
