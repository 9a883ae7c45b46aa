package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.FakeCloud;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Ebb took out and the ledger does not account for. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AdoptionTest {
    private static final String REBOOT = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final House house = new House(3, true);

    private void report(House to, String... events) {
        for (var i = 0; i < 3; i++) {
            to.report(House.web(i).sees(events));
        }
    }

    private static String reboot(int vm) {
        return Drill.scheduled(REBOOT, "web-" + vm);
    }

    private void pass(House to, int seconds, String... events) {
        for (var i = 0; i < seconds; i++) {
            report(to, events);
            to.after(SECOND);
        }
    }

    /** web-1 is out for its event. */
    private void takeOut(House from) {
        from.after(SECOND);
        pass(from, 2, reboot(1));
        from.cloud.verdict(House.vm(1), Verdict.DOWN);
        pass(from, 30, reboot(1));
        assertThat(from.cloud.isIn(House.vm(1))).isFalse();
    }

    private List<String> messages(String type) {
        return house.ledger.timelineAfter(0, 1000).stream()
                .filter(entry -> entry.type().equals(type))
                .map(Ledger.Entry::message)
                .toList();
    }

    @Test
    void aMemberThatAnEmptyLedgerDoesNotKnowGoesBackOnceItsVmIsHealthy() {
        takeOut(house);
        house.loseLedger();
        house.after(SECOND);
        assertThat(house.state(1)).isInstanceOf(State.Returning.class);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(messages("Adopted"))
                .singleElement()
                .asString()
                .startsWith("web-1 is out of pool web by Ebb's own tag tag on vm-1");
        house.cloud.verdict(House.vm(1), Verdict.UP);
        pass(house, 10);
        assertThat(house.cloud.writes().getLast())
                .isEqualTo(new Change.Join(FakeCloud.member(House.vm(1)), "saved " + House.vm(1)));
        assertThat(house.cloud.isIn(House.vm(1))).isTrue();
        assertThat(house.cloud.isTagged(House.vm(1))).isFalse();
        assertThat(house.state(1)).isInstanceOf(State.Untouched.class);
        assertThat(house.ledger.open().taken()).isEmpty();
        assertThat(house.told(1))
                .containsSubsequence("Adopted", "PuttingBack", "Settled", "Closed");
    }

    @Test
    void theFirstTurnCountsItAmongThoseThatAreOut() {
        takeOut(house);
        house.loseLedger();
        report(house, reboot(2));
        house.after(SECOND);
        assertThat(house.state(2)).isInstanceOf(State.Waiting.class);
        assertThat(house.state(2).why()).contains("web-1");
    }

    @Test
    void whileItsEventGoesOnItStaysOutAndTheEventIsApproved() {
        takeOut(house);
        house.loseLedger();
        pass(house, 20, reboot(1));
        assertThat(house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(house.report(House.web(1).sees(reboot(1))).approve()).hasSize(1);
        assertThat(messages("Adopted")).hasSize(1);
    }

    @Test
    void whatSomebodyElseTookOutIsLeftAlone() {
        house.cloud.meddle(House.vm(1), false);
        house.after(SECOND);
        pass(house, 10);
        assertThat(house.state(1)).isInstanceOf(State.Untouched.class);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(messages("Adopted")).isEmpty();
        assertThat(house.unaccounted()).isEmpty();
    }

    @Test
    void theTagOfAMemberThatSomebodyPutBackIsDroppedSoThatItNeverSpeaksForEbbAgain() {
        takeOut(house);
        house.cloud.meddle(House.vm(1), true);
        house.cloud.verdict(House.vm(1), Verdict.UP);
        house.loseLedger();
        pass(house, 3);
        assertThat(house.cloud.isTagged(House.vm(1))).isFalse();
        assertThat(house.told(1)).containsOnlyOnce("TagDropped").doesNotContain("PutBack");
        house.cloud.meddle(House.vm(1), false);
        pass(house, 40);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(messages("Adopted")).isEmpty();
        assertThat(house.unaccounted()).isEmpty();
    }

    @Test
    void theTagOfAMemberThatSomebodyPutBackWhileItsRowStoodIsDroppedToo() {
        takeOut(house);
        house.cloud.meddle(House.vm(1), true);
        house.cloud.verdict(House.vm(1), Verdict.UP);
        for (var i = 0; i < 12; i++) {
            for (var vm = 0; vm < 3; vm++) {
                house.report(House.web(vm).misses(REBOOT, 3));
            }
            house.after(SECOND);
        }
        assertThat(house.ledger.open().taken()).isEmpty();
        pass(house, 3);
        assertThat(house.cloud.isTagged(House.vm(1))).isFalse();
        house.cloud.meddle(House.vm(1), false);
        pass(house, 40);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
    }

    @Test
    void aTagThatIsNotReadableIsToldOnceAndShownUntilItIsGone() {
        takeOut(house);
        house.cloud.smudge(House.vm(1));
        house.loseLedger();
        pass(house, 5);
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
        assertThat(messages("Unaccounted")).containsExactly("tag tag of vm-1: somebody edited it");
        assertThat(house.unaccounted()).isEqualTo(messages("Unaccounted"));
    }

    @Test
    void observeModeSaysSoAndTouchesNothing() {
        takeOut(house);
        var observing = new House(house.cloud, false);
        var before = house.cloud.writes().size();
        pass(observing, 10);
        assertThat(observing.cloud.writes()).hasSize(before);
        assertThat(observing.ledger.open().taken()).isEmpty();
        assertThat(observing.told(1)).containsOnlyOnce("Unaccounted");
        assertThat(observing.unaccounted())
                .singleElement()
                .asString()
                .endsWith("; mode enforce puts it back");
    }

    @Test
    void aReadingFromBeforeTheLeaseIsReadAnewFirst() {
        takeOut(house);
        house.loseLedger();
        house.look(SECOND);
        // Another replica puts it back, and an operator takes it out by hand.
        house.cloud.untag(House.vm(1));
        house.afterWithoutLooking(Duration.ofSeconds(2));
        assertThat(messages("Adopted")).isEmpty();
        house.after(SECOND);
        pass(house, 5);
        assertThat(messages("Adopted")).isEmpty();
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();
    }

    @Test
    void anInstallationWithoutTheVmsAgentPutsNothingBack() {
        takeOut(house);
        var other = new House(house.cloud, true);
        for (var i = 0; i < 10; i++) {
            other.report(House.web(0));
            other.report(House.web(2));
            other.after(SECOND);
        }
        assertThat(other.state(1)).isInstanceOf(State.Returning.class);
        assertThat(other.cloud.isIn(House.vm(1))).isFalse();
    }
}
