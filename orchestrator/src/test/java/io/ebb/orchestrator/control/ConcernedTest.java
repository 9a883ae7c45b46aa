package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.fleet.Reception;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom an event concerns, and how much it says. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ConcernedTest {
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final int[] BOTH = {1, 2};
    private static final Duration LONG = Duration.ofHours(1);

    private final Drill drill = new Drill(4);

    private Class<? extends State> state(int vm) {
        return drill.house.state(vm).getClass();
    }

    @Test
    @DisplayName("edge case 7: an event of another VM of the set concerns that VM alone")
    void anotherVmsEventConcernsThatVmAlone() {
        drill.pass(Drill.SECOND, Drill.scheduled(ID, "web-1"), Drill.scheduled("0B", "db-7"));
        assertThat(state(1)).isEqualTo(State.Draining.class);
        assertThat(state(0)).isEqualTo(State.Untouched.class);
        assertThat(state(2)).isEqualTo(State.Untouched.class);
    }

    @Test
    @DisplayName("edge case 8: an event of two VMs is approved only when both are drained")
    void anEventOfTwoIsApprovedWhenBothAreDrained() {
        var event = Drill.scheduled(ID, "web-1", "web-2");
        drill.pass(Drill.SECOND, event);
        drill.probed(Verdict.DOWN, 1);
        drill.pass(Duration.ofMinutes(2), event);
        assertThat(state(1)).isEqualTo(State.Drained.class);
        assertThat(state(2)).isEqualTo(State.Waiting.class);
        assertThat(drill.orders(event)).isEmpty();
        drill.pass(Duration.ofMinutes(8), event);
        drill.probed(Verdict.DOWN, BOTH);
        drill.pass(Duration.ofMinutes(1), event);
        assertThat(state(1)).isEqualTo(State.Drained.class);
        assertThat(state(2)).isEqualTo(State.Drained.class);
        assertThat(drill.orders(event)).hasSize(1);
    }

    @Test
    @DisplayName("edge case 9: the second VM of an event is concerned like the first")
    void theSecondVmIsConcernedToo() {
        drill.pass(Drill.SECOND, Drill.scheduled(ID, "db-7", "web-2"));
        assertThat(state(2)).isEqualTo(State.Draining.class);
        drill.drain(new int[] {2}, Drill.scheduled(ID, "db-7", "web-2"));
        assertThat(state(2)).isEqualTo(State.Drained.class);
        assertThat(drill.orders(Drill.scheduled(ID, "db-7", "web-2"))).isEmpty();
    }

    @Test
    @DisplayName("edge case 11: web-1 is not web-10")
    void namesAreComparedWhole() {
        var large = new Drill(11);
        large.pass(Drill.SECOND, Drill.scheduled(ID, "web-10"));
        assertThat(large.house.state(10)).isInstanceOf(State.Draining.class);
        assertThat(large.house.state(1)).isInstanceOf(State.Untouched.class);
        large.pass(Drill.SECOND, Drill.scheduled(ID, "web-10"), Drill.scheduled("0B", "eb-2"));
        assertThat(large.house.state(2)).isInstanceOf(State.Untouched.class);
    }

    @Test
    @DisplayName(
            "edge case 12: the underscore that old versions put before a name is no part of it")
    void anUnderscoreInFrontIsNoPartOfTheName() {
        drill.pass(Drill.SECOND, Drill.scheduled(ID, "_web-1"));
        assertThat(state(1)).isEqualTo(State.Draining.class);
    }

    @Test
    @DisplayName("edge case 13: a name is known whatever its case")
    void aNameIsKnownWhateverItsCase() {
        drill.pass(Drill.SECOND, Drill.scheduled(ID, "WEB-1"));
        assertThat(state(1)).isEqualTo(State.Draining.class);
    }

    @ParameterizedTest
    @DisplayName("edge case 20: an interruption of unknown length is drained like any other")
    @ValueSource(ints = {-1, 0, 9})
    void anInterruptionOfAnyLengthIsDrained(int seconds) {
        var event = Drill.scheduled(ID, "web-1").replace("Reboot", "Freeze");
        drill.pass(
                Drill.SECOND,
                event.replace("\"DurationInSeconds\":-1", "\"DurationInSeconds\":" + seconds));
        assertThat(state(1)).isEqualTo(State.Draining.class);
    }

    @Test
    @DisplayName("edge case 37: an event of a new type and status is drained like any other")
    void anEventOfANewKindIsDrained() {
        var event =
                Drill.scheduled(ID, "web-1")
                        .replace("Reboot", "Hibernate")
                        .replace("\"Scheduled\"", "\"Pending\"");
        drill.drain(new int[] {1}, event);
        assertThat(state(1)).isEqualTo(State.Drained.class);
    }

    @Test
    @DisplayName("edge case 38: a VM of a known name with another vmId is not that VM")
    void aNameThatIsUsedAgainIsAnotherVm() {
        assertThatThrownBy(() -> drill.house.report(Reports.of("web-1", "vm-new")))
                .isInstanceOf(Reception.RefusedException.class)
                .hasMessageContaining("vm-new");
        assertThat(drill.house.ledger.agents()).isEmpty();
    }

    @Test
    @DisplayName("edge case 41: the word of a VM's own agent is enough, whatever others never saw")
    void theOwnAgentsWordIsEnough() {
        var event = Drill.scheduled(ID, "web-1");
        drill.pass(
                Duration.ofMinutes(1),
                i -> i == 1 ? House.web(1).sees(event) : House.web(i).goodFor(LONG));
        assertThat(state(1)).isEqualTo(State.Draining.class);
        assertThat(drill.wish(1, event).passProbe()).isFalse();
    }
}
