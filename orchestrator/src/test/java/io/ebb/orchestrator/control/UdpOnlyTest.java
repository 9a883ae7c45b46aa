package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Assumption;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.TermsOf;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** VMs in a pool whose rules carry UDP only: nobody can count, and time must do. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class UdpOnlyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(40);
    private static final String EVENT = Drill.scheduled("A1", "web-1");
    private static final Terms TERMS =
            TermsOf.defaults()
                    .times(Terms.DEFAULT.longestDrain(), Terms.DEFAULT.margin(), QUIET)
                    .build();
    private static final State UDP_ONLY = new State.Drained(Optional.of(Assumption.UDP_ONLY));

    private final Drill drill = new Drill(3, Rules.of(true, _ -> TERMS, PoolRule.DEFAULT));
    private final House house = drill.house;

    @BeforeEach
    void onlyUdpIsBalanced() {
        house.cloud.balances();
        house.inventory();
    }

    private void pass(Duration time) {
        drill.pass(time, i -> House.web(i).sees(EVENT).counts());
    }

    private void quiesce() {
        pass(SECOND);
        drill.probed(Verdict.DOWN, 1);
        pass(SECOND);
    }

    @Test
    void noPortIsWatched() {
        assertThat(drill.wish(1).watch()).isEmpty();
    }

    @Test
    void itIsTakenForQuietAfterAFixedTimeOutAndNotBefore() {
        quiesce();
        pass(QUIET.minusSeconds(5));
        assertThat(drill.isIn(1)).isTrue();
        assertThat(house.state(1).why())
                .isEqualTo("leaving its pools, connections unknown: its pools carry UDP only");

        pass(Duration.ofSeconds(8));
        assertThat(drill.isIn(1)).isFalse();
        assertThat(house.state(1)).isInstanceOf(State.Draining.class);

        pass(QUIET);
        assertThat(house.state(1)).isEqualTo(UDP_ONLY);
    }

    @Test
    void thatIsEnoughToApproveAndTheRecordCallsItAssumed() {
        assertThat(TERMS.approveWithoutAgent()).isFalse();
        quiesce();
        pass(QUIET.multipliedBy(3));
        assertThat(drill.orders(EVENT)).hasSize(1);

        assertThat(house.ledger.open().events().getFirst().approved()).contains("ASSUMED_UDP");
        assertThat(house.drain(1).why())
                .isEqualTo(
                        "out of rotation in every pool; taken for quiet, because its pools carry"
                                + " UDP only, which nobody can count");
        assertThat(house.drain(1).connections()).isEmpty();
        assertThat(house.ledger.timelineAfter(0, 1000))
                .extracting(Ledger.Entry::message)
                .anyMatch(line ->
                        line.startsWith("Drained: ") && line.contains("carry UDP only, which"))
                .anyMatch(line ->
                        line.startsWith("approving Reboot A1: ")
                                && line.contains("by assumption only: its pools carry UDP"));
    }

    @Test
    void withoutALivingAgentItIsTakenForDrainedAsAnyOtherAndNotApproved() {
        quiesce();
        for (var i = 0; i < 300; i++) {
            house.report(House.web(0).sees(EVENT).counts());
            house.report(House.web(2).sees(EVENT).counts());
            house.after(SECOND.multipliedBy(4));
            assertThat(house.state(1)).isNotEqualTo(UDP_ONLY);
        }
        assertThat(house.state(1)).isEqualTo(new State.Drained(Optional.of(Assumption.NO_AGENT)));
        assertThat(drill.orders(EVENT)).isEmpty();
    }
}
