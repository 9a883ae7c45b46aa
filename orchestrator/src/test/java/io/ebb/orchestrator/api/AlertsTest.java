package io.ebb.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody has to look after, over real HTTPS. */
@MicronautTest(environments = "fakes", transactional = false)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AlertsTest extends Served {
    @Test
    void whileAllIsWellThereIsNone() {
        assertThat(get("/v1/alerts").body()).isEqualTo("{\"value\":[]}");
    }

    @Test
    void aVmThatDoesNotComeBackIsToldWithItsReason() throws IOException {
        var parked =
                Fleet.drain("Returning", "not yet healthy again", Optional.of("not yet healthy"));
        ledger.open = Fleet.open(List.of(), parked);
        ledger.now = Fleet.NOW.plusSeconds(900);
        var alerts = get("/v1/alerts").json().path("value");
        assertThat(alerts).hasSize(1);
        var alert = alerts.get(0);
        assertThat(alert.path("condition").asText()).isEqualTo("Parked");
        assertThat(alert.path("vm").asText()).isEqualTo("web-1");
        assertThat(alert.path("drain").asText()).isEqualTo("01JD3Q");
        assertThat(alert.path("since").asText()).isEqualTo("2026-11-20T17:00:00Z");
        assertThat(alert.path("message").asText()).isEqualTo("not yet healthy");
    }

    @Test
    void aVmThatIsNotDrainedAtItsDeadlineIsToldFromThenOn() throws IOException {
        ledger.now = Fleet.NOW.plusSeconds(539);
        assertThat(get("/v1/alerts").json().path("value")).isEmpty();
        ledger.now = Fleet.NOW.plusSeconds(540);
        var alert = get("/v1/alerts").json().path("value").get(0);
        assertThat(alert.path("condition").asText()).isEqualTo("DeadlinePassed");
        assertThat(alert.path("since").asText()).isEqualTo("2026-11-20T17:09:00Z");
        ledger.open =
                Fleet.open(List.of(), Fleet.drain("Drained", "out and quiet", Optional.empty()));
        assertThat(get("/v1/alerts").json().path("value")).isEmpty();
    }

    @Test
    void whyEbbCannotDecideIsTold() throws IOException {
        latest.problem = Optional.of("reading the inventory: ARM answered 403");
        var alert = get("/v1/alerts").json().path("value").get(0);
        assertThat(alert.path("condition").asText()).isEqualTo("TurnFailed");
        assertThat(alert.path("message").asText()).contains("ARM answered 403");
        assertThat(alert.path("vm").isNull()).isTrue();
    }
}
