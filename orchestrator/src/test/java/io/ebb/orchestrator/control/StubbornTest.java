package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody else works against Ebb, or a VM does not come back: it is said, and not fought over. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class StubbornTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String EVENT = Drill.scheduled("A1", "web-1");

    private final Drill drill = new Drill(3);
    private final House house = drill.house;

    private void somebodyPutsItBack() {
        house.cloud.meddle(House.vm(1), true);
        drill.pass(MINUTE, EVENT);
    }

    private long takenOut() {
        return house.cloud.writes().stream().filter(Change.Leave.class::isInstance).count();
    }

    @Test
    void whatSomebodyElsePutsBackIsTakenOutAgainThreeTimesAndThenLeftAlone() {
        drill.drain(new int[] {1}, EVENT);
        for (var times = 1; times <= 3; times++) {
            somebodyPutsItBack();
            assertThat(drill.isIn(1)).isFalse();
            assertThat(takenOut()).isEqualTo(1 + times);
        }
        somebodyPutsItBack();
        somebodyPutsItBack();
        assertThat(drill.isIn(1)).isTrue();
        assertThat(takenOut()).isEqualTo(4);
        assertThat(house.state(1))
                .isInstanceOf(State.Waiting.class)
                .extracting(State::why)
                .asString()
                .contains("somebody else keeps putting it back into pool web");
        assertThat(drill.orders(EVENT)).isEmpty();
    }

    @Test
    void thatTheLoadBalancerListsAMemberAgainIsNobodysPutBack() {
        drill.drain(new int[] {1}, EVENT);
        house.cloud.linger(House.vm(1), true);
        drill.pass(MINUTE, EVENT);
        house.cloud.linger(House.vm(1), false);
        drill.pass(MINUTE, EVENT);
        assertThat(house.told(1)).doesNotContain("TakingOutAgain");
        assertThat(house.state(1)).isInstanceOf(State.Drained.class);
    }

    @Test
    void whoWasLeftAloneIsDoneWithWhenTheEventIsGone() {
        drill.drain(new int[] {1}, EVENT);
        for (var times = 0; times <= 4; times++) {
            somebodyPutsItBack();
        }
        drill.probed(Verdict.UP, 1);
        drill.miss("A1", MINUTE);
        assertThat(house.state(1)).isEqualTo(new State.Untouched());
        assertThat(house.ledger.open().taken()).isEmpty();
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    void aVmThatDoesNotComeBackIsParkedWithItsReasonUntilItDoes() {
        drill.drain(new int[] {1}, EVENT);
        drill.pass(Duration.ofMinutes(16), i -> House.web(i).misses("A1", 3).healthy(i != 1));
        assertThat(house.drain(1).parked()).contains("not yet healthy again");
        assertThat(house.drain(1).closed()).isEmpty();
        assertThat(house.told(1)).containsOnlyOnce("Parked");
        assertThat(house.ledger.open().events()).as("its causes are kept").hasSize(1);

        drill.miss("A1", MINUTE);
        drill.probed(Verdict.UP, 1);
        drill.miss("A1", MINUTE);
        assertThat(house.drain(1).parked()).isEmpty();
        assertThat(house.drain(1).outcome()).contains("back in rotation");
    }

    @Test
    void anExemptVmThatIsOutAndDoesNotComeBackIsParkedToo() {
        drill.drain(new int[] {1}, EVENT);
        house.ask(Kind.EXEMPT, new Target.OfVm(House.vm(1)));
        drill.pass(Duration.ofMinutes(16), i -> House.web(i).sees(EVENT).healthy(i != 1));
        assertThat(house.state(1)).isInstanceOf(State.Waiting.class);
        assertThat(house.drain(1).parked()).contains("exempt: ann: because");

        drill.pass(MINUTE, EVENT);
        drill.probed(Verdict.UP, 1);
        drill.pass(MINUTE, EVENT);
        assertThat(drill.isIn(1)).isTrue();
        assertThat(house.drain(1).parked()).isEmpty();
    }

    @Test
    void whatWasLeftAtTheDeadlineIsRecorded() {
        drill.pass(Duration.ofMinutes(11), i -> House.web(i).sees(EVENT).connections(4));
        assertThat(house.told(1)).containsOnlyOnce("DeadlinePassed");
        assertThat(house.ledger.timeline(house.drain(1).id()))
                .anyMatch(entry -> entry.message().contains("not drained: 4 connections"));
    }

    @Test
    void aChangeOfStateTellsWhatItWasBefore() {
        drill.drain(new int[] {1}, EVENT);
        assertThat(house.ledger.timeline(house.drain(1).id()))
                .filteredOn(entry -> entry.type().equals("StateDrained"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.before()).contains("Draining");
                    assertThat(entry.after()).contains("Drained");
                });
    }
}
