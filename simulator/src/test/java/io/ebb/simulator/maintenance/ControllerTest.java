package io.ebb.simulator.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ebb.simulator.TestClock;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.FakeLauncher;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class ControllerTest {
    private static final Duration IMPACT = Duration.ofSeconds(8);

    @TempDir private Path folder;

    private final TestClock clock = new TestClock();
    private final Record record = new Record(clock);
    private final FakeLauncher launcher = new FakeLauncher();
    private final EventRepository repository = new EventRepository("web", Duration.ZERO);
    private final Map<VirtualMachine, EventRepository> machines = new LinkedHashMap<>();
    private Controller controller =
            new Controller(List.of(), Map.of(), Scenario.builtIn().timings(), record, clock);

    @BeforeEach
    void threeMachinesAndASpareNode() {
        var hosts = new ArrayList<HostAgent>();
        for (var vm : Scenario.builtIn().vms()) {
            var guest = new Program(List.of("guest", "{name}"), Map.of());
            var machine =
                    new VirtualMachine(vm, folder, guest, 8169, launcher, (_, _) -> {}, record);
            machine.powerOn(Duration.ZERO);
            machines.put(machine, repository);
            var host = new HostAgent("node-" + hosts.size());
            host.place(machine, repository);
            hosts.add(host);
        }
        hosts.add(new HostAgent("node-3"));
        controller = new Controller(hosts, machines, Scenario.builtIn().timings(), record, clock);
        launcher.log.clear();
    }

    private VirtualMachine machine(String name) {
        return machines.keySet().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Event schedule(EventType type, String... vms) {
        return controller.schedule(Work.of(type, List.of(vms), IMPACT, Source.Platform));
    }

    /** Carries on event by event, each at the very moment it is due, for so long. */
    private void pass(Duration duration) {
        var end = clock.instant().plus(duration);
        for (var due = controller.advance(clock.instant());
                due.isPresent() && !due.get().isAfter(end);
                due = controller.advance(clock.instant())) {
            if (due.get().isAfter(clock.instant())) {
                clock.forward(Duration.between(clock.instant(), due.get()));
            }
        }
        clock.forward(Duration.between(clock.instant(), end));
        controller.advance(clock.instant());
    }

    @Test
    void aRebootTakesTheMachineDownAndBringsItBackWithAnotherBootId() {
        var before = machine("web-1").bootId();
        var event = schedule(EventType.Reboot, "web-1");
        controller.approve(event.id(), "web-0", repository);

        pass(Duration.ofSeconds(2));
        assertThat(machine("web-1").power()).isEqualTo(Power.STOPPED);
        assertThat(launcher.log).containsExactly("kill guest web-1");

        pass(IMPACT);
        assertThat(machine("web-1").power()).isEqualTo(Power.RUNNING);
        assertThat(machine("web-1").bootId()).isNotEqualTo(before);
        assertThat(launcher.log).containsExactly("kill guest web-1", "start guest web-1");
    }

    @Test
    @DisplayName("edge case 21: a Freeze pauses the machine, and its boot goes on")
    void aFreezePausesTheMachineAndItsBootGoesOn() {
        var before = machine("web-1").bootId();
        controller.approve(schedule(EventType.Freeze, "web-1").id(), "web-0", repository);

        pass(Duration.ofSeconds(2));
        assertThat(machine("web-1").power()).isEqualTo(Power.FROZEN);

        pass(IMPACT);
        assertThat(machine("web-1").power()).isEqualTo(Power.RUNNING);
        assertThat(machine("web-1").bootId()).isEqualTo(before);
        assertThat(launcher.log).containsExactly("pause guest web-1", "resume guest web-1");
    }

    @Test
    void aRedeployMovesTheMachineToAnotherNode() {
        controller.approve(schedule(EventType.Redeploy, "web-1").id(), "web-0", repository);
        pass(Duration.ofMinutes(1));

        assertThat(machine("web-1").node()).isEqualTo("node-3");
        assertThat(machine("web-1").power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void aPreemptedMachineStaysDown() {
        schedule(EventType.Preempt, "web-1");
        pass(Duration.ofMinutes(5));

        assertThat(machine("web-1").power()).isEqualTo(Power.DEALLOCATED);
    }

    @Test
    void oneEventOfTwoMachinesTakesBothDown() {
        controller.approve(schedule(EventType.Reboot, "web-1", "web-2").id(), "web-0", repository);
        pass(Duration.ofSeconds(2));

        assertThat(machine("web-1").power()).isEqualTo(Power.STOPPED);
        assertThat(machine("web-2").power()).isEqualTo(Power.STOPPED);
        assertThat(machine("web-0").power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void allMachinesOfTheSetAreShownTheEventUntilItIsGone() {
        repository.requested(clock.instant());
        var event = schedule(EventType.Reboot, "web-1");
        assertThat(repository.document().events()).containsExactly(event);

        pass(Duration.ofMinutes(16));
        assertThat(repository.document()).isEqualTo(new Document(3, List.of()));
    }

    @Test
    void anEventIsApprovedByItsIdInAnyCase() {
        var event = schedule(EventType.Reboot, "web-1");

        assertThat(controller.approve(event.id().toLowerCase(Locale.ROOT), "web-0", repository))
                .isTrue();
    }

    @Test
    @DisplayName("edge case 26: approving again is no error and changes nothing")
    void approvingAgainIsNoErrorAndChangesNothing() {
        var event = schedule(EventType.Reboot, "web-1");
        controller.approve(event.id(), "web-0", repository);
        pass(Duration.ofSeconds(1));

        assertThat(controller.approve(event.id(), "web-2", repository)).isTrue();
        assertThat(controller.events().getFirst().life().approval().map(Life.Approved::by))
                .contains("web-0");
        assertThat(record.after(0))
                .filteredOn(entry -> entry.subject().equals(event.id()))
                .extracting(Record.Entry::kind)
                .containsOnlyOnce("eventApproved")
                .containsOnlyOnce("eventApprovedAgain");
    }

    @Test
    void anEventStaysInTheDocumentAsLongAsItIsToldTo() {
        var work = Work.of(EventType.Freeze, List.of("web-1"), IMPACT, Source.Platform);
        controller.approve(
                controller.schedule(work, Duration.ofMinutes(5)).id(), "web-0", repository);
        pass(Duration.ofMinutes(5));
        assertThat(repository.document().events()).hasSize(1);

        pass(Duration.ofSeconds(10));
        assertThat(repository.document().events()).isEmpty();
    }

    @Test
    void theRecordTellsOfEachApprovalThatCameAgainAndWhetherItWasTooLate() {
        var event = schedule(EventType.Reboot, "web-1");
        controller.approve(event.id(), "web-0", repository);
        controller.approve(event.id(), "web-2", repository);
        pass(Duration.ofSeconds(2));
        controller.approve(event.id(), "web-1", repository);

        assertThat(record.after(0))
                .filteredOn(entry -> entry.kind().equals("eventApprovedAgain"))
                .extracting(Record.Entry::subject, Record.Entry::detail)
                .containsExactly(
                        tuple(event.id(), "web-2, before its start"),
                        tuple(event.id(), "web-1, after its start"));
    }

    @Test
    void whatIsNotListedCannotBeApproved() {
        var event = schedule(EventType.Reboot, "web-1");
        pass(Duration.ofMinutes(16));

        assertThat(controller.approve(event.id(), "web-0", repository)).isFalse();
        assertThat(controller.approve("nonsense", "web-0", repository)).isFalse();
    }

    @Test
    void anotherScopeUnitCannotApprove() {
        var event = schedule(EventType.Reboot, "web-1");

        assertThat(controller.approve(event.id(), "db-0", new EventRepository("db", Duration.ZERO)))
                .isFalse();
    }

    @Test
    void fromOutsideOnlyAnEventOfOneOfTheMachinesIsApproved() {
        var event = schedule(EventType.Reboot, "web-1");

        assertThat(controller.approve(event.id(), List.of(), "ARM")).isFalse();
        assertThat(controller.approve(event.id(), List.of("web-0", "web-2"), "ARM")).isFalse();
        assertThat(controller.events().getFirst().life()).isEqualTo(new Life.Scheduled());
        assertThat(controller.approve(event.id(), List.of("web-0", "WEB-1"), "ARM")).isTrue();
        assertThat(controller.events().getFirst().life().approval().map(Life.Approved::by))
                .contains("ARM");
    }

    @Test
    void aCanceledEventIsGoneAndHarmless() {
        var event = schedule(EventType.Reboot, "web-1");

        assertThat(controller.cancel(event.id())).isTrue();
        pass(Duration.ofMinutes(16));
        assertThat(launcher.log).isEmpty();
        assertThat(repository.document().events()).isEmpty();
    }

    @Test
    void aRestartIsAnnouncedWhereSomebodyListens() {
        repository.requested(clock.instant());
        controller.restart("web-1");

        var work = controller.events().getFirst().work();
        assertThat(work.source()).isEqualTo(Source.User);
        assertThat(work.notice()).isEqualTo(Duration.ofMinutes(15));
        pass(Duration.ofMinutes(14));
        assertThat(launcher.log).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(launcher.log).containsExactly("kill guest web-1", "start guest web-1");
    }

    @Test
    void aRestartHappensAtOnceWhereNobodyListens() {
        controller.restart("web-1");
        pass(Duration.ofSeconds(2));

        assertThat(machine("web-1").power()).isEqualTo(Power.STOPPED);
    }

    @Test
    @DisplayName("edge case 39: deallocating clears what is pending")
    void deallocatingClearsWhatIsPending() {
        schedule(EventType.Reboot, "web-1");
        var both = schedule(EventType.Freeze, "web-1", "web-2");
        controller.deallocate("web-1");

        assertThat(machine("web-1").power()).isEqualTo(Power.DEALLOCATED);
        var left = repository.document().events();
        assertThat(left).extracting(Event::id).containsExactly(both.id());
        assertThat(left.getFirst().work().vms()).containsExactly("web-2");
    }

    @Test
    void theEndOfARebootDoesNotStartADeallocatedMachine() {
        controller.approve(schedule(EventType.Reboot, "web-1").id(), "web-0", repository);
        pass(Duration.ofSeconds(2));
        controller.deallocate("web-1");
        pass(Duration.ofMinutes(1));

        assertThat(machine("web-1").power()).isEqualTo(Power.DEALLOCATED);
    }

    @Test
    @DisplayName("edge case 28: an approved Terminate waits for the pending one of its scope")
    void anApprovedTerminateWaitsForThePendingOneOfTheSameScope() {
        var first = schedule(EventType.Terminate, "web-1");
        var second = schedule(EventType.Terminate, "web-2");
        controller.approve(second.id(), "web-2", repository);
        pass(Duration.ofMinutes(1));
        assertThat(machine("web-2").power()).isEqualTo(Power.RUNNING);

        controller.approve(first.id(), "web-1", repository);
        pass(Duration.ofSeconds(10));
        assertThat(machine("web-1").power()).isEqualTo(Power.DELETED);
        assertThat(machine("web-2").power()).isEqualTo(Power.DELETED);
    }

    @Test
    void aTerminatedMachineIsNoMoreAndNothingElseIsExpectedOfIt() {
        var event = schedule(EventType.Terminate, "web-1");
        var both = schedule(EventType.Reboot, "web-1", "web-2");
        controller.approve(event.id(), "web-0", repository);
        pass(Duration.ofMinutes(1));

        assertThat(machine("web-1").power()).isEqualTo(Power.DELETED);
        assertThat(launcher.log).containsExactly("kill guest web-1");
        var left = repository.document().events();
        assertThat(left).extracting(Event::id).containsExactly(both.id());
        assertThat(left.getFirst().work().vms()).containsExactly("web-2");
        assertThatThrownBy(() -> controller.start("web-1"))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aTerminatedMachineLeavesItsNodeToOthers() {
        controller.approve(schedule(EventType.Terminate, "web-1").id(), "web-0", repository);
        controller.approve(schedule(EventType.Redeploy, "web-0").id(), "web-0", repository);
        pass(Duration.ofMinutes(1));
        controller.approve(schedule(EventType.Redeploy, "web-2").id(), "web-0", repository);
        pass(Duration.ofMinutes(1));

        assertThat(machine("web-0").node()).isNotEqualTo("node-0");
        assertThat(machine("web-2").node()).isNotEqualTo("node-2");
    }

    @Test
    void nothingIsPlannedForAMachineThatDoesNotExist() {
        assertThatThrownBy(() -> schedule(EventType.Reboot, "web-9"))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(controller.events()).isEmpty();
    }

    @Test
    void theRecordTellsTheWholeStoryInOrder() {
        controller.approve(schedule(EventType.Reboot, "web-1").id(), "web-0", repository);
        pass(Duration.ofMinutes(1));

        assertThat(record.after(3))
                .extracting(Record.Entry::kind)
                .containsExactly(
                        "eventScheduled",
                        "eventApproved",
                        "eventStarted",
                        "vmStopped",
                        "vmStarted",
                        "eventGone");
    }
}
