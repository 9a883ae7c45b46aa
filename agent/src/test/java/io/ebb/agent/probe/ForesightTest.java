package io.ebb.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ForesightTest {
    private static final List<String> ALL = List.of("Preempt", "Reboot");
    private static final Duration HEARD = Duration.ofSeconds(1);
    private static final Duration UNHEARD = Duration.ofSeconds(10);

    private final FakeTime time = new FakeTime();
    private final List<ScheduledEvent> events = new ArrayList<>();
    private final Foresight foresight =
            new Foresight(() -> events, time, Optional.of(Duration.ofSeconds(30)));

    @BeforeEach
    void isWebOne() {
        foresight.of("web-1");
    }

    private void announce(String type, String vm, Optional<Instant> notBefore) {
        events.add(
                new ScheduledEvent(
                        "E1",
                        notBefore.isPresent() ? "Scheduled" : "Started",
                        type,
                        List.of("web-0", vm),
                        notBefore,
                        "",
                        "",
                        "Platform",
                        OptionalLong.empty()));
    }

    private Optional<Instant> in(int seconds) {
        return Optional.of(time.instant().plusSeconds(seconds));
    }

    @Test
    void aPreemptIsNotWaitedForEvenWhileTheOrchestratorAnswers() {
        announce("Preempt", "WEB-1", in(29));
        assertThat(foresight.against(ALL, HEARD)).contains("this VM is about to be evicted");
    }

    @Test
    void anotherEventIsLeftToTheOrchestratorWhileItAnswers() {
        announce("Reboot", "web-1", in(1));
        assertThat(foresight.against(ALL, HEARD)).isEmpty();
        assertThat(foresight.against(ALL, UNHEARD))
                .contains("its Reboot is due, and the orchestrator is silent");
    }

    @Test
    void anEventThatIsFarAwayIsWaitedForEvenWithoutTheOrchestrator() {
        announce("Reboot", "web-1", in(31));
        assertThat(foresight.against(ALL, UNHEARD)).isEmpty();
        time.passSeconds(1);
        assertThat(foresight.against(ALL, UNHEARD)).isPresent();
    }

    @Test
    void anEventThatHasStartedIsDue() {
        announce("Reboot", "web-1", Optional.empty());
        assertThat(foresight.against(ALL, UNHEARD)).isPresent();
    }

    @Test
    void whatTheOrchestratorDoesNotLeaveToItIsNotItsOwn() {
        announce("Freeze", "web-1", in(1));
        assertThat(foresight.against(ALL, UNHEARD)).isEmpty();
        assertThat(foresight.against(List.of(), UNHEARD)).isEmpty();
    }

    @Test
    void anEventOfAnotherVmIsNotItsOwn() {
        announce("Preempt", "web-10", in(1));
        assertThat(foresight.against(ALL, UNHEARD)).isEmpty();
    }

    @Test
    void itCanBeSwitchedOff() {
        announce("Preempt", "web-1", in(1));
        var off = new Foresight(() -> events, time, Optional.empty());
        off.of("web-1");
        assertThat(off.against(ALL, UNHEARD)).isEmpty();
    }
}
