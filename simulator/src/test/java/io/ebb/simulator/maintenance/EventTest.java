package io.ebb.simulator.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EventTest {
    private static final Instant T0 = Instant.parse("2026-04-20T22:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private static Work reboot(Duration notice, Duration othersTake) {
        return new Work(
                EventType.Reboot,
                List.of("web-1"),
                notice,
                Duration.ofSeconds(8),
                Source.Platform,
                "",
                -1,
                othersTake,
                Duration.ofSeconds(1));
    }

    private static Event scheduled() {
        return Event.announced("A", reboot(Duration.ofMinutes(1), Duration.ZERO), SETTLE, T0);
    }

    private static Event goneAfter(Event event) {
        var current = event;
        while (current.due().isPresent()) {
            current = current.next(current.due().get()).orElseThrow();
        }
        return current;
    }

    @Test
    void nothingHappensBeforeItIsDue() {
        assertThat(scheduled().next(T0.plusSeconds(59))).isEmpty();
    }

    @Test
    void itStartsWhenNotBeforePassesThoughNobodyApproved() {
        var started = scheduled().next(T0.plusSeconds(60)).orElseThrow();

        assertThat(started.started()).isTrue();
        assertThat(started.life().approval()).isEmpty();
    }

    @Test
    void anApprovalStartsItAtOnce() {
        var approved = scheduled().approved("web-1", T0.plusSeconds(10));

        assertThat(approved.started()).isFalse();
        assertThat(approved.next(T0.plusSeconds(10)).orElseThrow().started()).isTrue();
    }

    @Test
    @DisplayName("edge case 27: an approved event waits for the other tenants")
    void anApprovedOneWaitsForTheOtherTenants() {
        var slow = reboot(Duration.ofMinutes(1), Duration.ofSeconds(20));
        var approved = Event.announced("A", slow, SETTLE, T0).approved("web-1", T0);

        assertThat(approved.next(T0.plusSeconds(19))).isEmpty();
        assertThat(approved.next(T0.plusSeconds(20))).isPresent();
    }

    @Test
    void theOtherTenantsTimeOutAtNotBefore() {
        var slow = reboot(Duration.ofMinutes(1), Duration.ofHours(1));
        var approved = Event.announced("A", slow, SETTLE, T0).approved("web-1", T0);

        assertThat(approved.due()).contains(T0.plusSeconds(60));
    }

    @Test
    void theFirstApprovalCounts() {
        var approved = scheduled().approved("web-1", T0).approved("web-2", T0.plusSeconds(1));

        assertThat(approved.life().approval().map(Life.Approved::by)).contains("web-1");
    }

    @Test
    void aWholeLifeKeepsItsTimes() {
        var gone = goneAfter(scheduled().approved("web-1", T0.plusSeconds(10)));

        assertThat(gone.life().startedAt()).contains(T0.plusSeconds(10));
        assertThat(gone.life().impactFrom()).contains(T0.plusSeconds(11));
        assertThat(gone.life().impactTo()).contains(T0.plusSeconds(19));
        assertThat(gone.life().goneAt()).contains(T0.plusSeconds(24));
        assertThat(gone.listed()).isFalse();
    }

    @Test
    @DisplayName("edge case 19: it stays listed as Started after the impact until it has settled")
    void itStaysListedAsStartedAfterTheImpactUntilItHasSettled() {
        var event = scheduled().next(T0.plusSeconds(60)).orElseThrow();
        while (event.life().impactTo().isEmpty()) {
            event = event.next(event.due().orElseThrow()).orElseThrow();
        }

        assertThat(event.listed()).isTrue();
        assertThat(event.started()).isTrue();
    }

    @Test
    void aCanceledOneNeverStarts() {
        var canceled = scheduled().canceled(T0.plusSeconds(1)).orElseThrow();

        assertThat(canceled.due()).isEmpty();
        assertThat(canceled.started()).isFalse();
        assertThat(canceled.approved("web-1", T0)).isEqualTo(canceled);
    }

    @Test
    void aStartedOneCannotBeCanceled() {
        var started = scheduled().next(T0.plusSeconds(60)).orElseThrow();

        assertThat(started.canceled(T0.plusSeconds(61))).isEmpty();
    }

    @Test
    @DisplayName("edge case 17: failed hardware is never Scheduled")
    void failedHardwareIsNeverScheduled() {
        var event =
                Event.straightToStarted(
                        "A", reboot(Duration.ofMinutes(15), Duration.ZERO), SETTLE, T0);

        assertThat(event.started()).isTrue();
        assertThat(goneAfter(event).life().goneAt()).contains(T0.plusSeconds(14));
    }
}
