package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.ledger.Ledger.RefusedException;
import io.ebb.orchestrator.pool.FakeCloud;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators ask goes through the same turn as what Azure announces. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class InstructionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Target WEB_1 = new Target.OfVm(House.vm(1));
    private static final Target A1 = new Target.OfEvent(new EventId(FakeCloud.SET, "A1"));
    private static final String EVENT = Drill.scheduled("A1", "web-1");

    private final Drill drill = new Drill(3);
    private final House house = drill.house;

    @Test
    void anOperatorsDrainTakesAVmOutUntilItIsWithdrawn() {
        var asked = house.ask(Kind.DRAIN, WEB_1);
        drill.drain(new int[] {1});
        assertThat(house.state(1)).isEqualTo(new State.Drained());
        assertThat(drill.isIn(1)).isFalse();

        house.ledger.withdraw(asked.id(), "ann");
        drill.pass(MINUTE);
        drill.probed(Verdict.UP, 1);
        drill.pass(MINUTE);
        assertThat(house.state(1)).isEqualTo(new State.Untouched());
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    void anOperatorsDrainWaitsForRoomLikeAnyOther() {
        house.ask(Kind.DRAIN, new Target.OfVm(House.vm(0)));
        drill.drain(new int[] {0});
        house.ask(Kind.DRAIN, WEB_1);
        drill.pass(MINUTE);
        assertThat(house.state(1).why()).contains("web has 2 of 3 in rotation");
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    void anExemptVmIsLeftAloneAndItsEventNotApproved() {
        house.ask(Kind.EXEMPT, WEB_1);
        drill.pass(MINUTE, EVENT);
        assertThat(house.state(1)).isEqualTo(new State.Waiting("exempt: ann: because"));
        assertThat(drill.isIn(1)).isTrue();
        assertThat(drill.wish(1, EVENT).passProbe()).isTrue();
        assertThat(drill.orders(EVENT)).isEmpty();
    }

    @Test
    void whatWasTakenOutGoesBackWhenItsVmBecomesExempt() {
        drill.drain(new int[] {1}, EVENT);
        assertThat(drill.isIn(1)).isFalse();
        house.ask(Kind.EXEMPT, WEB_1);
        drill.pass(MINUTE, EVENT);
        assertThat(drill.isIn(1)).isTrue();
        assertThat(drill.orders(EVENT)).isEmpty();
    }

    @Test
    void anEventOnHoldIsNotApprovedUntilTheHoldIsWithdrawn() {
        var hold = hold();
        drill.drain(new int[] {1}, EVENT);
        assertThat(house.state(1)).isEqualTo(new State.Drained());
        assertThat(drill.orders(EVENT)).isEmpty();

        house.ledger.withdraw(hold, "ann");
        drill.pass(SECOND, EVENT);
        assertThat(drill.orders(EVENT)).hasSize(1);
    }

    private String hold() {
        drill.pass(SECOND, EVENT);
        return house.ask(Kind.HOLD, A1).id();
    }

    @Test
    void anEventThatComesBackIsStillOnHold() {
        hold();
        drill.miss("A1", MINUTE);
        drill.drain(new int[] {1}, EVENT);
        assertThat(house.state(1)).isEqualTo(new State.Drained());
        assertThat(drill.orders(EVENT)).isEmpty();
    }

    @Test
    void aHoldStopsAnOrderThatWasNotHandedOutYet() {
        drill.drain(new int[] {1}, EVENT);
        house.ask(Kind.HOLD, A1);
        assertThat(drill.orders(EVENT)).isEmpty();
    }

    @Test
    void anOperatorApprovesAnEventWhoseVmIsNotDrained() {
        drill.pass(SECOND, i -> House.web(i).sees(EVENT).connections(4));
        assertThat(drill.orders(EVENT)).isEmpty();
        house.ask(Kind.APPROVE, A1);
        drill.pass(SECOND, i -> House.web(i).sees(EVENT).connections(4));
        assertThat(drill.orders(EVENT)).hasSize(1);
        assertThat(house.ledger.open().events().getFirst().approved()).contains("OPERATOR");
    }

    @Test
    void aCancelledEventTakesNothingOutAndItsVmGoesBack() {
        drill.pass(SECOND, EVENT);
        drill.probed(Verdict.DOWN, 1);
        drill.pass(SECOND, EVENT);
        assertThat(drill.wish(1, EVENT).passProbe()).isFalse();

        house.ask(Kind.CANCEL, A1);
        drill.pass(MINUTE, EVENT);
        drill.probed(Verdict.UP, 1);
        drill.pass(MINUTE, EVENT);
        assertThat(house.state(1)).isEqualTo(new State.Untouched());
        assertThat(drill.orders(EVENT)).isEmpty();
        assertThat(house.drain(1).outcome()).contains("back in rotation");
    }

    @Test
    void aCancelledEventThatComesBackTakesNothingOutUnlessItIsReopened() {
        drill.pass(SECOND, EVENT);
        var cancelled = house.ask(Kind.CANCEL, A1);
        drill.miss("A1", MINUTE);
        drill.pass(MINUTE, EVENT);
        assertThat(house.state(1)).isEqualTo(new State.Untouched());

        house.ledger.withdraw(cancelled.id(), "ann");
        drill.pass(SECOND, EVENT);
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    void anEventIsNotCancelledAnyMoreOnceItWasApproved() {
        drill.drain(new int[] {1}, EVENT);
        assertThatThrownBy(() -> house.ask(Kind.CANCEL, A1)).isInstanceOf(RefusedException.class);
        assertThat(drill.isIn(1)).isFalse();
    }

    @Test
    void anOperatorPutsBackAVmThatDoesNotBecomeHealthy() {
        drill.drain(new int[] {1}, EVENT);
        drill.pass(MINUTE, i -> House.web(i).misses("A1", 3).healthy(i != 1));
        assertThat(house.state(1)).isEqualTo(new State.Returning("not yet healthy again"));
        assertThat(drill.isIn(1)).isFalse();

        var asked = house.ask(Kind.PUT_BACK, WEB_1);
        drill.pass(MINUTE, i -> House.web(i).misses("A1", 3).healthy(i != 1));
        assertThat(drill.isIn(1)).isTrue();
        drill.probed(Verdict.UP, 1);
        drill.pass(MINUTE, i -> House.web(i).misses("A1", 3).healthy(i != 1));
        assertThat(house.state(1)).isEqualTo(new State.Untouched());
        assertThat(house.ledger.open().instructions()).doesNotContain(asked);
    }

    @Test
    void whoAskedWhatIsInTheTimelineOfTheDrain() {
        drill.pass(SECOND, EVENT);
        var hold = house.ask(Kind.HOLD, A1);
        house.ledger.withdraw(hold.id(), "bob");
        assertThat(house.ledger.timeline(house.drain(1).id()))
                .extracting(entry -> entry.who() + " " + entry.type())
                .contains("ann Asked", "bob Withdrawn");
    }
}
