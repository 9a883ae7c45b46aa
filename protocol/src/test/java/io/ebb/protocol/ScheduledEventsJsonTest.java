package io.ebb.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ScheduledEventsJsonTest {

    @Test
    void readsWhatAzureWrites() {
        var text = new String(Golden.bytes("scheduled-events.json"), UTF_8);

        assertThat(ScheduledEventsJson.read(text))
                .isEqualTo(
                        new ScheduledEvents(
                                2,
                                List.of(
                                        new ScheduledEvent(
                                                "C7061BAC-AFDC-4513-B24B-AA5F13A16123",
                                                "Scheduled",
                                                "Freeze",
                                                List.of("WestNO_0", "WestNO_1"),
                                                Optional.of(Instant.parse("2026-04-20T22:26:58Z")),
                                                "Mon, 20 Apr 2026 22:26:58 GMT",
                                                "Virtual machine is being paused because of a"
                                                        + " memory-preserving Live Migration"
                                                        + " operation.",
                                                "Platform",
                                                OptionalLong.of(5)),
                                        new ScheduledEvent(
                                                "A123BC45-1234-5678-AB90-ABCDEF123456",
                                                "Started",
                                                "Reboot",
                                                List.of("web-1"),
                                                Optional.empty(),
                                                "",
                                                "",
                                                "User",
                                                OptionalLong.of(-1)))));
    }

    @Test
    void aDocumentOfAVmThatNeverHadEventsIsEmpty() {
        assertThat(ScheduledEventsJson.read("{\"DocumentIncarnation\":0,\"Events\":[]}"))
                .isEqualTo(new ScheduledEvents(0, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thu, 22 Jul 2021 04:50:17 GMT | 2021-07-22T04:50:17Z",
                "Mon, 11 Apr 2026 22:26:58 GMT | 2026-04-11T22:26:58Z",
                "Tue, 3 Mar 2026 01:02:03 GMT  | 2026-03-03T01:02:03Z",
                "2016-09-19T18:29:47Z          | 2016-09-19T18:29:47Z",
                "2016-09-19T18:29:47.5+02:00   | 2016-09-19T16:29:47.5Z",
            })
    @DisplayName("edge case 16: a time is read whatever its weekday says, and in ISO-8601")
    void aTimeIsReadInEveryFormThatWasSeen(String text, Instant time) {
        assertThat(notBefore(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2016-09-19", "Mon, 99 Apr 2026 22:26:58 GMT"})
    void aTimeThatCannotBeReadDoesNotCostTheDocument(String text) {
        assertThat(notBefore(text)).isEmpty();
    }

    @Test
    @DisplayName("edge case 15: the empty NotBefore of a Started event is no time and no error")
    void theEmptyTimeOfAStartedEventIsNoError() {
        ScheduledEvent event = one("\"EventStatus\":\"Started\",\"NotBefore\":\"\"");

        assertThat(event.status()).isEqualTo("Started");
        assertThat(event.notBefore()).isEmpty();
    }

    @Test
    @DisplayName("edge case 20: a duration of -1 and one of 0 are told apart")
    void anUnknownDurationIsNotAShortOne() {
        assertThat(one("\"DurationInSeconds\":-1").durationSeconds()).hasValue(-1);
        assertThat(one("\"DurationInSeconds\":0").durationSeconds()).hasValue(0);
        assertThat(one("\"EventType\":\"Freeze\"").durationSeconds()).isEmpty();
    }

    @Test
    @DisplayName("edge case 9: every one of an event's resources is read")
    void everyResourceIsRead() {
        assertThat(one("\"Resources\":[\"web-1\",\"web-2\"]").resources())
                .containsExactly("web-1", "web-2");
    }

    @Test
    void theTextOfATimeThatCannotBeReadIsKept() {
        assertThat(one("\"NotBefore\":\"soon\"").notBeforeText()).isEqualTo("soon");
    }

    @Test
    @DisplayName("edge case 36: fields of later versions may be absent")
    void fieldsOfLaterVersionsMayBeAbsent() {
        assertThat(one("\"Resources\":null"))
                .isEqualTo(
                        new ScheduledEvent(
                                "e",
                                "",
                                "",
                                List.of(),
                                Optional.empty(),
                                "",
                                "",
                                "",
                                OptionalLong.empty()));
    }

    @Test
    @DisplayName("edge case 37: unknown values are carried through, unknown fields skipped")
    void unknownValuesAreCarriedThroughAndUnknownFieldsSkipped() {
        ScheduledEvent event =
                one("\"EventType\":\"Hibernate\",\"EventStatus\":\"Pending\",\"Color\":{\"a\":[]}");

        assertThat(event.type()).isEqualTo("Hibernate");
        assertThat(event.status()).isEqualTo("Pending");
    }

    @Test
    void numbersMayBeWrittenAsStrings() {
        assertThat(ScheduledEventsJson.read("{\"DocumentIncarnation\":\"5\",\"Events\":[]}"))
                .isEqualTo(new ScheduledEvents(5, List.of()));
        assertThat(one("\"DurationInSeconds\":\"9\"").durationSeconds()).hasValue(9);
        assertThat(one("\"DurationInSeconds\":\"long\"").durationSeconds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | document: empty",
                "{\"error\":\"Bad request\"} | document.Events: missing",
                "{\"Events\":{}} | document.Events: expected array",
                "{\"Events\":[{\"EventType\":\"Reboot\"}]} | document.Events[0].EventId: missing",
                "{\"Events\":[{\"EventId\":\" \"}]} | document.Events[0].EventId: empty",
                "{\"Events\":[7]} | document.Events[0]: expected object",
                "{\"Events\":[{\"EventId\":\"e\",\"Resources\":[1]}]}"
                        + " | document.Events[0].Resources[0]: expected string",
                "{\"Events\":[]}{} | document: something follows its end",
            })
    void aDocumentThatCouldHideAnEventIsMalformed(String text, String message) {
        assertThatThrownBy(() -> ScheduledEventsJson.read(text))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>429</html>",
                "{\"Events\":[",
                "{\"Events\":[],\"Events\":[]}",
                "{\"DocumentIncarnation\":true,\"Events\":[]}"
            })
    void aTextThatIsNoDocumentIsMalformed(String text) {
        assertThatThrownBy(() -> ScheduledEventsJson.read(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("document");
    }

    @Test
    void anApprovalNamesTheEventVerbatim() {
        assertThat(new String(ScheduledEventsJson.startRequest("C7061bac\""), UTF_8))
                .isEqualTo("{\"StartRequests\":[{\"EventId\":\"C7061bac\\\"\"}]}");
    }

    private static Optional<Instant> notBefore(String text) {
        return one("\"NotBefore\":\"" + text + "\"").notBefore();
    }

    private static ScheduledEvent one(String fields) {
        return ScheduledEventsJson.read("{\"Events\":[{\"EventId\":\"e\"," + fields + "}]}")
                .events()
                .getFirst();
    }
}
