package io.ebb.integration.scenario;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.fleet.OperatorApi;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What operators ask over REST, with every part in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OperatorScenarioTest {
    private Grounds grounds;
    private Simulator simulator;
    private OperatorApi ebb;

    @BeforeAll
    void start() {
        grounds = Grounds.take("operator");
        var fleet =
                Fleet.start(grounds.house(), grounds.children(), grounds.site(), false, Pace.QUICK);
        simulator = fleet.simulator();
        ebb = fleet.orchestrator().api();
    }

    @AfterAll
    void stop() {
        grounds.close();
    }

    @Test
    void aVmThatAnOperatorDrainsLeavesAndReturnsWithoutAFailedRequest() {
        var vm = "web-1";
        try (var load = OpenLoop.start(grounds.site().frontend(), Mix.third())) {
            soon("every VM serves", () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
            var drain = ebb.ask("/v1/vms/" + vm + ":drain", "a new disk");
            soon("it is drained", () -> isDrained(vm));
            assertThat(simulator.inRotation(vm)).isFalse();

            ebb.withdraw(drain);
            soon("it is back", () -> simulator.inRotation(vm));
            var back = Instant.now();
            soon("it serves again", () -> load.soFar().served(vm, back, Instant.MAX) > 0);
            var result = load.stop();
            assertThat(result.requests()).isPositive();
            assertThat(result.failures()).isEmpty();
        }
    }

    @Test
    void anEventOnHoldIsApprovedOnlyWhenTheHoldIsWithdrawn() {
        var vm = "web-2";
        var event = simulator.announce("Reboot", vm, Duration.ofMinutes(5), Duration.ofSeconds(1));
        soon("Ebb knows the event", () -> ebb.events().stream().anyMatch(e -> is(e, event)));
        var hold = ebb.ask("/v1/scheduledEvents/" + event + ":hold", "release day");
        soon("its VM is drained", () -> isDrained(vm));
        // A drained VM's event is approved in the turn that finds it drained: some turns later
        // only the hold can be the reason that it was not.
        var drained = Instant.now();
        soon("Ebb looks again", () -> lookedAt().isAfter(drained.plusSeconds(2)));
        assertThat(simulator.event(event).approvedAt()).isEmpty();

        ebb.withdraw(hold);
        soon("it is approved", () -> simulator.event(event).approvedAt().isPresent());
        soon("it is over", () -> simulator.event(event).goneAt().isPresent());
        soon("its VM is back", () -> simulator.inRotation(vm));
    }

    @Test
    void anEventThatNoAgentCanApproveIsApprovedByTheControlPlaneWithoutAFailedRequest() {
        var vm = "web-0";
        simulator.failApprovals();
        try (var load = OpenLoop.start(grounds.site().frontend(), Mix.third())) {
            soon("every VM serves", () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
            var event =
                    simulator.announce("Reboot", vm, Duration.ofMinutes(5), Duration.ofSeconds(1));
            soon("it is approved", () -> simulator.event(event).approvedAt().isPresent());
            soon("it is over", () -> simulator.event(event).goneAt().isPresent());
            soon("its VM is back", () -> simulator.inRotation(vm));
            var result = load.stop();
            assertThat(result.requests()).isPositive();
            assertThat(result.failures()).isEmpty();
            assertThat(simulator.record(0))
                    .filteredOn(entry -> entry.subject().equals(event))
                    .filteredOn(entry -> entry.kind().equals("eventApproved"))
                    .extracting(Happening::detail)
                    .containsExactly("Microsoft.Maintenance");
        } finally {
            simulator.clearFaults();
        }
    }

    private boolean isDrained(String vm) {
        return ebb.vms().stream()
                .filter(seen -> seen.path("name").asText().equals(vm))
                .anyMatch(seen -> seen.path("state").asText().equals("Drained"));
    }

    private static boolean is(JsonNode event, String id) {
        return event.path("id").asText().equalsIgnoreCase(id);
    }

    private Instant lookedAt() {
        return ebb.lookedAt().orElse(Instant.MIN);
    }
}
