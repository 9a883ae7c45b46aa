package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.fleet.Reports;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much time an event leaves, and what passes without any news. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class NoticeTest {
    private static final String ID = "602D9444-D2CD-49C7-8624-8643E7171297";
    private static final int[] WEB_1 = {1};

    private final Drill drill = new Drill(3);

    private static String at(String time) {
        return Reports.event(ID, "Scheduled", time, "web-1");
    }

    @Test
    @DisplayName(
            "edge case 6: time alone makes an unchanged document act, and a crash loses nothing")
    void timeAloneMakesAnUnchangedDocumentAct() {
        var event = at("Fri, 20 Nov 2026 17:45:00 GMT");
        drill.pass(Drill.SECOND, event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Untouched.class);
        drill.house.restart();
        drill.pass(Duration.ofMinutes(15), event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    @DisplayName("edge case 6: an event that was heard before a crash is acted on after it")
    void anEventHeardBeforeACrashIsActedOn() {
        drill.see(at("Fri, 20 Nov 2026 17:15:00 GMT"));
        drill.house.restart();
        drill.house.after(Drill.SECOND);
        drill.house.after(Drill.SECOND);
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    @DisplayName("edge case 17: started without being scheduled drains at once, then returns")
    void startedWithoutBeingScheduledDrainsAtOnce() {
        var event = Drill.started(ID, "web-1");
        for (var i = 0; i < 4; i++) {
            drill.tell(vm -> House.web(vm).sees(event).connections(vm == 1 ? 4 : 0));
            drill.house.after(Drill.SECOND);
        }
        assertThat(drill.isIn(1)).isFalse();
        assertThat(drill.wish(1, event).approve()).isEmpty();
        drill.miss(ID, Duration.ofSeconds(20));
        assertThat(drill.isIn(1)).isTrue();
    }

    @Test
    @DisplayName(
            "edge case 23: a notice of twenty seconds is used, and the VM is out before it ends")
    void aShortNoticeIsUsed() {
        var event = at("Fri, 20 Nov 2026 17:00:20 GMT").replace("Reboot", "Preempt");
        drill.pass(
                Duration.ofSeconds(14), i -> House.web(i).sees(event).connections(i == 1 ? 4 : 0));
        assertThat(drill.isIn(1)).isFalse();
        assertThat(drill.house.now()).isBefore("2026-11-20T17:00:20Z");
    }

    @Test
    @DisplayName("edge case 24: a VM on failing hardware stays in until its time is near")
    void aVmOnFailingHardwareStaysInUntilItsTimeIsNear() {
        var event = at("Mon, 23 Nov 2026 17:00:00 GMT");
        drill.pass(Drill.SECOND, event);
        drill.house.after(Duration.ofDays(2));
        drill.pass(Drill.SECOND, event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Untouched.class);
        drill.house.after(Duration.ofHours(23).plusMinutes(35));
        drill.pass(Drill.SECOND, event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Draining.class);
    }

    @Test
    @DisplayName(
            "edge case 45: an event whose NotBefore has passed by Ebb's clock is not yet started")
    void aNotBeforeThatHasPassedIsNoStart() {
        var event = at("Fri, 20 Nov 2026 16:58:00 GMT");
        drill.drain(WEB_1, event);
        assertThat(drill.house.state(1)).isInstanceOf(State.Drained.class);
        assertThat(drill.house.told(1)).doesNotContain("EventStarted");
        assertThat(drill.orders(event)).hasSize(1);
    }
}
