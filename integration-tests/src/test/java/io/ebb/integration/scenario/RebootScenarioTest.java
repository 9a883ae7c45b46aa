package io.ebb.integration.scenario;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.report.Approval;
import io.ebb.demo.report.Run;
import io.ebb.demo.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same reboot of the same VM under the same load: without Ebb, and with it. */
@Timeout(150)
class RebootScenarioTest {
    private static final String VICTIM = Verdict.VICTIM;
    private static final Duration IMPACT = Duration.ofSeconds(2);

    @Test
    void aRebootThatFailsRequestsWithoutEbbFailsNoneWithItThoughItIsKilledHalfWay() {
        var control = control();
        var ebb = ebb();

        assertThat(control.load().failed()).as("failed without Ebb").isPositive();
        assertThat(ebb.load().failures()).as("failed with Ebb").isEmpty();
        assertThat(ebb.load().requests()).isGreaterThan(control.load().requests());
        var verdict = Verdict.of(control, ebb, true, new Verdict.Asked(false, true, 1));
        assertThat(verdict.approval()).isEqualTo(Approval.DRAINED);
        assertThat(verdict.putBack()).isTrue();
        assertThat(verdict.complaints()).isEmpty();
    }

    private static Run control() {
        try (var grounds = Grounds.take("reboot-control")) {
            var simulator =
                    Simulator.start(
                            grounds.house(),
                            grounds.children(),
                            grounds.site(),
                            "fleet",
                            false,
                            false,
                            Pace.QUICK);
            return run(
                    grounds.site(),
                    simulator,
                    watched -> watched.announce("Reboot", VICTIM, Duration.ofSeconds(2), IMPACT));
        }
    }

    private static Run ebb() {
        try (var grounds = Grounds.take("reboot-ebb")) {
            var fleet =
                    Fleet.start(
                            grounds.house(), grounds.children(), grounds.site(), false, Pace.QUICK);
            return run(
                    grounds.site(),
                    fleet.simulator(),
                    simulator -> {
                        var event =
                                simulator.announce("Reboot", VICTIM, Duration.ofMinutes(2), IMPACT);
                        soon("it drains", () -> !simulator.inRotation(VICTIM));
                        kill(simulator, fleet.orchestrator(), event);
                    });
        }
    }

    private static void kill(Simulator simulator, Orchestrator orchestrator, String event) {
        orchestrator.kill();
        assertThat(simulator.event(event).approvedAt())
                .as("the approval, when the orchestrator is killed")
                .isEmpty();
        orchestrator.startAgain();
        orchestrator.awaitReady();
    }

    /** Runs the load until the VM serves again after its event. */
    private static Run run(Site site, Simulator simulator, Consumer<Simulator> maintenance) {
        var from = Instant.now();
        try (var load = OpenLoop.start(site.frontend(), Mix.third());
                var flows = new FlowCount(simulator)) {
            soon("every VM serves", () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
            maintenance.accept(simulator);
            soon("the event is over", () -> isOver(simulator));
            var back = Instant.now();
            soon(
                    VICTIM + " serves again",
                    () -> load.soFar().served(VICTIM, back, Instant.MAX) > 0);
            return new Run(
                    from,
                    Instant.now(),
                    load.stop(),
                    simulator.record(0),
                    simulator.events(),
                    flows.counts());
        }
    }

    private static boolean isOver(Simulator simulator) {
        return simulator.events().stream().allMatch(event -> event.goneAt().isPresent())
                && simulator.inRotation(VICTIM);
    }
}
