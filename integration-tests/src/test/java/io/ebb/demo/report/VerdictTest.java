package io.ebb.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Flows;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.load.Ask;
import io.ebb.demo.load.Failure;
import io.ebb.demo.load.Lane;
import io.ebb.demo.load.Outcome;
import io.ebb.demo.load.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class VerdictTest {
    private static final Verdict.Asked REBOOT = new Verdict.Asked(false, true, 2);
    private static final Verdict.Asked FREEZE = new Verdict.Asked(true, true, 2);

    /** A run as promised: web-1 is out from 10 to 60, web-2 from 70 to 120. Tests spoil it. */
    private static final class Tale {
        final List<Happening> record = new ArrayList<>();
        final List<Announced> events = new ArrayList<>();
        final List<Flows> flows = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();

        static Tale asPromised() {
            var tale = new Tale();
            tale.rotation(10, "web-1", 60).rotation(70, "web-2", 120);
            tale.event("web-1", 30, 50).event("web-2", 90, 110);
            for (int second = 0; second < 140; second++) {
                boolean oneIn = second < 10 || second >= 60;
                boolean twoIn = second < 70 || second >= 120;
                tale.flows.add(
                        new Flows(
                                at(second),
                                Map.of("web-1", oneIn ? 9 : 0, "web-2", twoIn ? 9 : 0)));
                tale.answer(second, oneIn ? "web-1" : "web-0")
                        .answer(second, twoIn ? "web-2" : "web-0");
            }
            return tale;
        }

        Tale rotation(int out, String vm, int in) {
            record.add(new Happening(record.size() + 1L, at(out), "outOfRotation", vm, ""));
            record.add(new Happening(record.size() + 1L, at(in), "inRotation", vm, ""));
            return this;
        }

        Tale event(String vm, @Nullable Integer approved, int gone) {
            events.add(
                    new Announced(
                            "id-" + vm,
                            "Reboot",
                            List.of(vm),
                            at(100),
                            Optional.ofNullable(approved).map(VerdictTest::at),
                            Optional.of(at(approved == null ? 100 : approved)),
                            Optional.of(at(gone))));
            return this;
        }

        Tale answer(int second, String vm) {
            return outcome(second, vm, 20, null);
        }

        Tale outcome(int second, @Nullable String vm, int ms, @Nullable Failure failure) {
            outcomes.add(
                    new Outcome(
                            at(second),
                            "127.0.2.1",
                            Lane.Style.SHORT,
                            new Ask(0, 512),
                            Duration.ofMillis(ms),
                            vm,
                            failure,
                            ""));
            return this;
        }

        Run run() {
            return new Run(at(0), at(140), new Result(outcomes), record, events, flows);
        }
    }

    @Test
    void aRunAsPromisedIsASuccess() {
        var verdict = judge(Tale.asPromised());
        assertThat(verdict.complaints()).isEmpty();
        assertThat(verdict.exitStatus()).isZero();
        assertThat(verdict.approval()).isEqualTo(Approval.DRAINED);
        assertThat(verdict.putBack()).isTrue();
    }

    @Test
    void theLastLineHasItsFactsInOrder() throws JsonProcessingException {
        var line = new ObjectMapper().writeValueAsString(judge(Tale.asPromised()).facts());
        assertThat(line)
                .isEqualTo(
                        """
                        {"control":{"requests":2,"failed":1},"ebb":{"requests":280,"failed":0,\
                        "p99Ms":20,"slowestMs":20,"over1s":0,"outOfRotationSeconds":50.0,\
                        "approval":"DRAINED","putBack":true,"killed":true,\
                        "victim":{"before":10,"after":80}}}\
                        """);
    }

    @Test
    void oneFailedRequestIsAFailure() {
        var tale = Tale.asPromised().outcome(12, null, 3, Failure.RESET);
        assertThat(judge(tale).exitStatus()).isEqualTo(1);
        assertThat(judge(tale).complaints()).containsExactly("1 of 281 requests failed with Ebb");
    }

    @Test
    void aControlRunWithoutFailuresProvesNothing() {
        var control = new Tale().answer(1, "web-1").run();
        var verdict = Verdict.of(control, Tale.asPromised().run(), true, REBOOT);
        assertThat(verdict.exitStatus()).isEqualTo(1);
    }

    @Test
    void anApprovalWithOpenConnectionsIsEarly() {
        var tale = Tale.asPromised();
        tale.flows.replaceAll(
                seen -> seen.at().equals(at(30)) ? new Flows(at(30), Map.of("web-1", 1)) : seen);
        assertThat(judge(tale).approval()).isEqualTo(Approval.EARLY);
        assertThat(judge(tale).exitStatus()).isEqualTo(1);
    }

    @Test
    void anApprovalInRotationIsEarlyEvenWithoutConnections() {
        var tale = Tale.asPromised();
        tale.record.clear();
        tale.rotation(31, "web-1", 60).rotation(70, "web-2", 120);
        assertThat(judge(tale).approval()).isEqualTo(Approval.EARLY);
    }

    @Test
    void anApprovalThatNobodyCountedConnectionsForIsNotProved() {
        var tale = Tale.asPromised();
        tale.flows.removeIf(seen -> seen.at().isAfter(at(20)) && seen.at().isBefore(at(40)));
        assertThat(judge(tale).approval()).isEqualTo(Approval.EARLY);
    }

    @Test
    void anEventThatThePlatformStartedWasNotApproved() {
        var tale = Tale.asPromised();
        tale.events.removeLast();
        tale.event("web-2", null, 110);
        assertThat(judge(tale).approval()).isEqualTo(Approval.NOT_BEFORE);
        assertThat(judge(tale).exitStatus()).isEqualTo(1);
    }

    @Test
    void aMissingSecondEventIsAFailure() {
        var tale = Tale.asPromised();
        tale.events.removeLast();
        assertThat(judge(tale).approval()).isEqualTo(Approval.NONE);
    }

    @Test
    void twoVmsOutAtOnceIsAFailureWhicheverTheyAre() {
        var tale = Tale.asPromised().rotation(40, "web-0", 41);
        assertThat(judge(tale).complaints())
                .containsExactly("two VMs were out of rotation at once");
    }

    @Test
    void aVmThatIsInRotationAgainButServesNothingIsNotBack() {
        var tale = Tale.asPromised();
        tale.outcomes.removeIf(one -> "web-2".equals(one.servedBy()) && one.due().isAfter(at(100)));
        assertThat(judge(tale).putBack()).isFalse();
        assertThat(judge(tale).exitStatus()).isEqualTo(1);
    }

    @Test
    void aVmThatWasPutBackBeforeItsEventWasOverIsNotBack() {
        var tale = Tale.asPromised();
        tale.events.removeFirst();
        tale.event("web-1", 30, 61);
        assertThat(judge(tale).putBack()).isFalse();
    }

    @Test
    void aKillThatWasAskedForMustHaveHappened() {
        var run = Tale.asPromised().run();
        assertThat(Verdict.of(control(), run, false, REBOOT).exitStatus()).isEqualTo(1);
        var unharmed = new Verdict.Asked(false, false, 2);
        assertThat(Verdict.of(control(), run, false, unharmed).exitStatus()).isZero();
    }

    @Test
    void forAFreezeTheVerdictRestsOnLateAnswers() {
        var slow = new Tale().outcome(1, "web-1", 8000, null).run();
        var good = Tale.asPromised();
        assertThat(Verdict.of(slow, good.run(), true, FREEZE).exitStatus()).isZero();
        good.outcome(30, "web-0", 1500, null);
        assertThat(Verdict.of(slow, good.run(), true, FREEZE).exitStatus()).isEqualTo(1);
    }

    @Test
    void theTableShowsBothRuns() {
        assertThat(Table.of(judge(Tale.asPromised())))
                .anyMatch(line -> line.matches("\\| failed +\\| +1 \\| +0 \\|"))
                .anyMatch(line -> line.contains("50.0 s"));
    }

    private static Verdict judge(Tale tale) {
        return Verdict.of(control(), tale.run(), true, REBOOT);
    }

    private static Run control() {
        return new Tale().answer(1, "web-1").outcome(2, null, 5, Failure.RESET).run();
    }

    private static Instant at(int second) {
        return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(second);
    }
}
