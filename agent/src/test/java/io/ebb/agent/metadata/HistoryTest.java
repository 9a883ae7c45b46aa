package io.ebb.agent.metadata;

import static io.ebb.agent.testing.FakeImds.document;
import static io.ebb.agent.testing.FakeImds.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Report.Document;
import io.ebb.protocol.Report.Missing;
import io.ebb.protocol.Report.Reading;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HistoryTest {
    private final FakeTime time = new FakeTime();
    private final History history = new History();

    @Test
    void beforeTheFirstReadingNothingIsKnown() {
        assertThat(now())
                .isEqualTo(
                        new Document(
                                Reading.UNKNOWN,
                                "",
                                Optional.empty(),
                                Duration.ZERO,
                                0,
                                Optional.of("not read yet")));
    }

    @Test
    void aFirstDocumentIsFreshAndTheSameAgainIsUnchanged() {
        body(document(1));
        assertThat(now().reading()).isEqualTo(Reading.FRESH);

        body(document(1));
        assertThat(now().reading()).isEqualTo(Reading.UNCHANGED);

        history.take(new Attempt.NotModified(), time.instant());
        assertThat(now().reading()).isEqualTo(Reading.UNCHANGED);
        assertThat(now().goodReads()).isEqualTo(3);
    }

    @Test
    void aNotModifiedWithoutADocumentSaysNothing() {
        history.take(new Attempt.NotModified(), time.instant());

        assertThat(now().reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(now().age()).isEmpty();
    }

    @Test
    void aFailureKeepsTheLastGoodDocumentAndEndsTheStreak() {
        body(document(1, event("e", "Scheduled")));
        time.passSeconds(1);
        body(document(1, event("e", "Scheduled")));
        assertThat(now().good()).isEqualTo(Duration.ofSeconds(1));

        time.passSeconds(4);
        failed("answered 500");

        assertThat(now())
                .isEqualTo(
                        new Document(
                                Reading.UNKNOWN,
                                document(1, event("e", "Scheduled")),
                                Optional.of(Duration.ofSeconds(4)),
                                Duration.ZERO,
                                0,
                                Optional.of("answered 500")));
        assertThat(history.find("E")).isPresent();
    }

    @Test
    @DisplayName("edge case 1: an empty body is unknown, never \"no events\"")
    void anEmptyBodyIsUnknownAndNeverNoEvents() {
        body(document(1, event("e", "Scheduled")));
        body(" ");

        assertThat(now().reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(now().text()).contains("\"EventId\":\"e\"");
        assertThat(history.missing()).isEmpty();
    }

    @Test
    void aMalformedDocumentIsKeptForTheReportButChangesNothing() {
        body(document(1, event("e", "Scheduled")));
        body("{\"Events\":{}}");

        assertThat(now().text()).isEqualTo("{\"Events\":{}}");
        assertThat(now().problem()).contains("document.Events: expected array");
        assertThat(history.find("e")).isPresent();
        assertThat(history.etag()).isEqualTo("tag of " + document(1, event("e", "Scheduled")));

        failed("time-out");
        assertThat(now().text()).contains("\"EventId\":\"e\"");
    }

    @Test
    void goodReadingsWithoutAnEventAreCounted() {
        body(document(1, event("e", "Started")));
        assertThat(history.missing()).isEmpty();

        body(document(2));
        history.take(new Attempt.NotModified(), time.instant());

        assertThat(history.missing()).containsExactly(new Missing("e", 2));
    }

    @Test
    void anUnknownReadingStartsTheCountAgain() {
        body(document(1, event("e", "Started")));
        body(document(2));
        body(document(2));
        failed("no answer");
        assertThat(history.missing()).containsExactly(new Missing("e", 0));

        body(document(2));
        assertThat(history.missing()).containsExactly(new Missing("e", 1));
    }

    @Test
    void anEventThatComesBackInOtherLettersIsNotMissing() {
        body(document(1, event("e", "Scheduled")));
        body(document(2));
        body(document(3, event("E", "Scheduled")));

        assertThat(history.missing()).isEmpty();
    }

    @Test
    @DisplayName("edge case 3: a reset incarnation starts the streak again and proves nothing gone")
    void aFallingIncarnationForgetsWhatIsMissingAndStartsTheStreakAgain() {
        body(document(7, event("e", "Scheduled")));
        body(document(8));
        time.passSeconds(5);
        body(document(0));

        assertThat(history.missing()).isEmpty();
        assertThat(now().goodReads()).isEqualTo(1);
        assertThat(now().good()).isZero();
    }

    @Test
    @DisplayName("edge case 5: an incarnation that skips is nothing special")
    void anIncarnationThatSkipsIsNothingSpecial() {
        body(document(1));
        body(document(4));

        assertThat(now().goodReads()).isEqualTo(2);
    }

    @Test
    @DisplayName("edge case 4: an event is seen although the incarnation fell")
    void anEventIsSeenAlthoughTheIncarnationFell() {
        body(document(28));
        body(document(1, event("e", "Scheduled")));

        assertThat(now().reading()).isEqualTo(Reading.FRESH);
        assertThat(history.find("e")).isPresent();
    }

    @Test
    @DisplayName("edge case 7: a document of other VMs' events is reported whole")
    void othersEventsAreReportedToo() {
        var whole = document(3, event("e", "Scheduled").replace("web-1", "db-7"));
        body(whole);

        assertThat(now().text()).isEqualTo(whole);
    }

    @Test
    @DisplayName("edge case 31: an event that has started before the agent did is an event")
    void anEventThatStartedBeforeTheAgentIsSeen() {
        body(document(9, event("e", "Started")));

        assertThat(now().reading()).isEqualTo(Reading.FRESH);
        assertThat(history.find("e")).isPresent();
    }

    @Test
    void whatVanishedLongAgoIsForgotten() {
        for (int i = 0; i < 200; i++) {
            body(document(i, event("e" + i, "Scheduled")));
        }
        assertThat(history.missing()).hasSize(64).doesNotContain(new Missing("e1", 198));
        assertThat(history.missing().getLast()).isEqualTo(new Missing("e198", 1));
    }

    private Document now() {
        return history.document(time.instant());
    }

    private void body(String text) {
        history.take(new Attempt.Body(text, "tag of " + text), time.instant());
    }

    private void failed(String problem) {
        history.take(new Attempt.Failed(problem, false), time.instant());
    }
}
