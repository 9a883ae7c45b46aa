package io.ebb.integration.scenario;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.load.Result;
import io.ebb.demo.report.Approval;
import io.ebb.demo.report.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every type of event with the timings of Microsoft's own sample data, one after the other on one
 * fleet under one load that never pauses. Each test is a promise about that one run.
 */
@Timeout(20)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleTimingsTest {
    /** Every time of the sample is divided by this; 15 minutes of notice are 20 seconds. */
    private static final int FACTOR = 45;

    private static final Duration NOTICE = sample(Duration.ofMinutes(15));
    private static final Duration CANCELED = sample(Duration.ofMinutes(8));

    /**
     * Less than a second would be over before any probe has asked: this one is not shortened as
     * much.
     */
    private static final Duration PREEMPT_NOTICE = Duration.ofSeconds(20);

    /**
     * A VM that is evicted or deleted does not come back by itself; these say when that is over.
     */
    private static final Duration FOR_GOOD = Duration.ofMillis(500);

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final String FREEZE = "Freeze";
    private static final String REBOOT = "Reboot";
    private static final String REDEPLOY = "Redeploy";
    private static final String PREEMPT = "Preempt";
    private static final String TERMINATE = "Terminate";
    private static final String CANCEL = "cancelled Reboot";

    private final Map<String, Announced> events = new HashMap<>();
    private Run run =
            new Run(
                    Instant.MIN,
                    Instant.MIN,
                    new Result(List.of()),
                    List.of(),
                    List.of(),
                    List.of());
    private List<JsonNode> drains = List.of();

    private static Duration sample(Duration inAzure) {
        return inAzure.dividedBy(FACTOR);
    }

    /**
     * How an event goes on once it has started.
     *
     * @param impact how long its VM is paused or down
     * @param started how long it is shown as Started, its impact included
     */
    private static Map<String, Duration> times(Duration notice, Duration impact, Duration started) {
        var runUp = Duration.ofMillis(500);
        var settle = started.minus(impact).minus(runUp);
        return Map.of("notice", notice, "impact", impact, "runUp", runUp, "settle", settle);
    }

    @BeforeAll
    @Timeout(300)
    void everyTypeInItsTurn() {
        try (var grounds = Grounds.take("sample-timings")) {
            var fleet = fleet(grounds);
            var simulator = fleet.simulator();
            var from = Instant.now();
            try (var load = OpenLoop.start(grounds.site().frontend(), Mix.brief());
                    var flows = new FlowCount(simulator)) {
                soon(
                        "every VM serves",
                        () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
                maintain(fleet);
                soon("no drain is open", () -> areClosed(fleet.orchestrator().api().drains()));
                var after = Instant.now();
                soon("web-0 serves on", () -> load.soFar().served("web-0", after, Instant.MAX) > 0);
                soon("web-1 serves on", () -> load.soFar().served("web-1", after, Instant.MAX) > 0);
                drains = fleet.orchestrator().api().drains();
                run =
                        new Run(
                                from,
                                Instant.now(),
                                load.stop(),
                                simulator.record(0),
                                simulator.events(),
                                flows.counts());
            }
        }
    }

    /** Quiet after a second, which leaves more of the shortened notice to the slowest machine. */
    private static Fleet fleet(Grounds grounds) {
        var house = grounds.house();
        var site = grounds.site();
        var simulator =
                Simulator.start(house, grounds.children(), site, "fleet", true, false, Pace.QUICK);
        var orchestrator =
                Orchestrator.start(
                        house,
                        grounds.children(),
                        site,
                        simulator,
                        Pace.QUICK,
                        Map.of("EBB_POLICY_QUIET", "1s"));
        return new Fleet(simulator, orchestrator).withAgents(house, site, List.of());
    }

    private void maintain(Fleet fleet) {
        var simulator = fleet.simulator();
        var started = sample(Duration.ofMinutes(10));
        var down = started.dividedBy(2);
        var frozen = sample(Duration.ofSeconds(7));
        pass(simulator, FREEZE, "web-0", times(NOTICE, frozen, sample(Duration.ofMinutes(5))));
        back(fleet, "web-0");
        pass(simulator, REBOOT, "web-1", times(NOTICE, down, started));
        back(fleet, "web-1");
        pass(simulator, REDEPLOY, "web-2", times(NOTICE, down, started));
        back(fleet, "web-2");
        cancel(simulator, "web-0");
        back(fleet, "web-0");
        pass(simulator, PREEMPT, "web-1", times(PREEMPT_NOTICE, FOR_GOOD, AT_ONCE));
        simulator.start("web-1");
        back(fleet, "web-1");
        pass(simulator, TERMINATE, "web-2", times(NOTICE, FOR_GOOD, AT_ONCE));
    }

    private void pass(Simulator simulator, String type, String vm, Map<String, Duration> times) {
        var id = simulator.announce(type, vm, times);
        soon(type + " of " + vm + " is over", () -> simulator.event(id).goneAt().isPresent());
        events.put(type, simulator.event(id));
    }

    /** The other tenants of the host do not approve, so it can still be called off. */
    private void cancel(Simulator simulator, String vm) {
        var times = new HashMap<>(times(NOTICE, FOR_GOOD, AT_ONCE));
        times.put("othersTake", NOTICE);
        var id = simulator.announce(REBOOT, vm, times);
        soon("it drains", () -> !simulator.inRotation(vm));
        var at = simulator.event(id).notBefore().minus(NOTICE).plus(CANCELED);
        soon("the time of the sample has passed", () -> Instant.now().isAfter(at));
        simulator.cancel(id);
        events.put(CANCEL, simulator.event(id));
    }

    private static void back(Fleet fleet, String vm) {
        soon(vm + " is back", () -> fleet.simulator().inRotation(vm));
        soon("no drain is open", () -> areClosed(fleet.orchestrator().api().drains()));
    }

    private static boolean areClosed(List<JsonNode> drains) {
        return !drains.isEmpty()
                && drains.stream().allMatch(drain -> drain.path("closedAt").isTextual());
    }

    private Announced event(String type) {
        return Optional.ofNullable(events.get(type))
                .orElseThrow(() -> new AssertionError("no event " + type));
    }

    /** What happened to a VM or an event in [from, to). */
    private List<Happening> happened(String kind, String subject, Instant from, Instant to) {
        return run.record().stream()
                .filter(one -> one.kind().equals(kind) && one.subject().equals(subject))
                .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
                .toList();
    }

    private static Instant announced(Announced event, Duration notice) {
        return event.notBefore().minus(notice);
    }

    @Test
    void noRequestFails() {
        assertThat(run.load().failures()).isEmpty();
        assertThat(run.load().requests()).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {FREEZE, REBOOT, REDEPLOY, TERMINATE})
    void anEventIsApprovedOnceAndOnlyWhenItsVmIsOutWithoutAConnection(String type) {
        var event = event(type);

        assertThat(Approval.of(event, run.rotation(), run.flows())).isEqualTo(Approval.DRAINED);
        assertThat(happened("eventApproved", event.id(), run.from(), run.to())).hasSize(1);
        assertThat(happened("eventApprovedAgain", event.id(), run.from(), run.to())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FREEZE, REBOOT, REDEPLOY, PREEMPT, TERMINATE})
    void aVmIsOutFromBeforeTheImpactUntilItsEventIsGone(String type) {
        var event = event(type);
        var vm = event.vms().getFirst();
        var startedAt = event.startedAt().orElseThrow();
        var goneAt = event.goneAt().orElseThrow();

        assertThat(run.rotation().out(vm, startedAt)).as("out at the start").isTrue();
        assertThat(happened("memberAdded", vm, startedAt, goneAt)).isEmpty();
        assertThat(happened("inRotation", vm, startedAt, goneAt)).isEmpty();
        assertThat(happened(type.equals(FREEZE) ? "vmFrozen" : "vmStopped", vm, startedAt, goneAt))
                .as("the impact")
                .hasSize(1);
        assertThat(happened("flowsReset", vm, startedAt, goneAt))
                .as("connections that the impact broke off")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FREEZE, REBOOT, REDEPLOY, CANCEL, PREEMPT})
    void aVmServesAgainAfterItsEventIsGone(String type) {
        var event = event(type);
        var vm = event.vms().getFirst();
        var goneAt = event.goneAt().orElseThrow();

        var back = happened("inRotation", vm, goneAt, run.to());
        assertThat(back).isNotEmpty();
        assertThat(run.load().served(vm, back.getFirst().at(), Instant.MAX)).isPositive();
    }

    @Test
    void aPreemptIsDrainedInItsHalfMinuteAndNeverApproved() {
        var event = event(PREEMPT);

        assertThat(event.approvedAt()).isEmpty();
        assertThat(Duration.between(event.notBefore(), event.startedAt().orElseThrow()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }

    @Test
    void aCancelledEventTakesNoVmDown() {
        var event = event(CANCEL);
        var from = announced(event, NOTICE);

        assertThat(event.startedAt()).isEmpty();
        assertThat(
                        happened(
                                "vmStopped",
                                event.vms().getFirst(),
                                from,
                                event.goneAt().orElseThrow()))
                .isEmpty();
    }

    @Test
    void aTerminatedVmVanishesAndTheRestServesOn() {
        var event = event(TERMINATE);
        var vm = event.vms().getFirst();

        assertThat(happened("vmDeleted", vm, event.startedAt().orElseThrow(), run.to())).hasSize(1);
        assertThat(drains)
                .filteredOn(drain -> causes(drain, event))
                .singleElement()
                .satisfies(drain ->
                        assertThat(drain.path("outcome").asText()).startsWith("vanished: "));
        for (var other : List.of("web-0", "web-1")) {
            assertThat(run.load().served(other, event.goneAt().orElseThrow(), Instant.MAX))
                    .as("answered by %s", other)
                    .isPositive();
        }
    }

    private static boolean causes(JsonNode drain, Announced event) {
        for (var cause : drain.path("events")) {
            if (cause.path("id").asText().equalsIgnoreCase(event.id())) {
                return true;
            }
        }
        return false;
    }
}
