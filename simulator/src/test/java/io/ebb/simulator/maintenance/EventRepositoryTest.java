package io.ebb.simulator.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EventRepositoryTest {
    private static final Instant T0 = Instant.parse("2026-04-20T22:00:00Z");
    private static final Event EVENT =
            Event.announced(
                    "A",
                    Work.of(
                            EventType.Freeze,
                            List.of("web-1"),
                            Duration.ofSeconds(5),
                            Source.Platform),
                    Duration.ofSeconds(5),
                    T0);

    private final EventRepository repository = new EventRepository("web", Duration.ofSeconds(60));

    @Test
    void theFirstRequestEnablesAndWaits() {
        assertThat(repository.enabled(T0)).isFalse();
        assertThat(repository.requested(T0)).isEqualTo(T0.plusSeconds(60));
        assertThat(repository.enabled(T0)).isTrue();
    }

    @Test
    void anotherRequestMeanwhileWaitsForTheSameMoment() {
        repository.requested(T0);

        assertThat(repository.requested(T0.plusSeconds(50))).isEqualTo(T0.plusSeconds(60));
        assertThat(repository.requested(T0.plusSeconds(70))).isBefore(T0.plusSeconds(70));
    }

    @Test
    void anUnusedDocumentHasIncarnationZero() {
        repository.requested(T0);

        assertThat(repository.document()).isEqualTo(Document.EMPTY);
    }

    @Test
    void everyVisibleChangeRaisesTheIncarnation() {
        repository.requested(T0);
        repository.put(EVENT);
        assertThat(repository.document().incarnation()).isEqualTo(1);

        repository.put(EVENT.next(EVENT.notBefore()).orElseThrow());
        assertThat(repository.document().incarnation()).isEqualTo(2);

        repository.remove("A");
        assertThat(repository.document()).isEqualTo(new Document(3, List.of()));
    }

    @Test
    void whatTheDocumentDoesNotShowIsNoChange() {
        repository.requested(T0);
        repository.put(EVENT);
        repository.put(EVENT);
        repository.put(EVENT.approved("web-0", T0));
        repository.remove("B");

        assertThat(repository.document().incarnation()).isEqualTo(1);
    }

    @Test
    @DisplayName("edge case 5: the incarnation may step by two")
    void theIncarnationMayStepByTwo() {
        repository.requested(T0);
        repository.step(2);
        repository.put(EVENT);

        assertThat(repository.document().incarnation()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "edge case 3: a day without a request disables the service and resets the incarnation")
    void aDayWithoutARequestDisablesAndResetsTheIncarnation() {
        repository.requested(T0);
        repository.put(EVENT);
        repository.remove("A");
        var later = T0.plus(Duration.ofHours(24));

        assertThat(repository.enabled(later.minusSeconds(1))).isTrue();
        assertThat(repository.enabled(later)).isFalse();
        assertThat(repository.requested(later)).isEqualTo(later.plusSeconds(60));
        assertThat(repository.document()).isEqualTo(Document.EMPTY);
    }
}
