package io.ebb.simulator.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.simulator.maintenance.Document;
import io.ebb.simulator.maintenance.Event;
import io.ebb.simulator.maintenance.EventType;
import io.ebb.simulator.maintenance.Source;
import io.ebb.simulator.maintenance.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RenderingTest {
    private static final Instant T0 = Instant.parse("2026-04-20T22:11:58Z");

    private static Event event(EventType type) {
        var work =
                Work.of(
                        type,
                        List.of("WestNO_0", "WestNO_1"),
                        Duration.ofSeconds(5),
                        Source.Platform);
        return Event.announced(
                "C7061BAC-AFDC-4513-B24B-AA5F13A16123", work, Duration.ofSeconds(5), T0);
    }

    private static String render(String version, Event... events) {
        return Rendering.of(version).render(new Document(2, List.of(events))).toString();
    }

    @Test
    void todaysVersionIsCompactWithTheKeysInOrder() {
        assertThat(render("2020-07-01", event(EventType.Freeze)))
                .isEqualTo(
                        "{\"DocumentIncarnation\":2,\"Events\":[{"
                                + "\"EventId\":\"C7061BAC-AFDC-4513-B24B-AA5F13A16123\","
                                + "\"EventStatus\":\"Scheduled\",\"EventType\":\"Freeze\","
                                + "\"ResourceType\":\"VirtualMachine\","
                                + "\"Resources\":[\"WestNO_0\",\"WestNO_1\"],"
                                + "\"NotBefore\":\"Mon, 20 Apr 2026 22:26:58 GMT\","
                                + "\"Description\":\"Virtual machine is being paused because of a"
                                + " memory-preserving Live Migration operation.\","
                                + "\"EventSource\":\"Platform\",\"DurationInSeconds\":5}]}");
    }

    @Test
    @DisplayName("edge case 15: a Started event has an empty NotBefore")
    void aStartedEventHasAnEmptyNotBefore() {
        var event = event(EventType.Freeze);

        assertThat(render("2020-07-01", event.next(event.notBefore()).orElseThrow()))
                .contains("\"EventStatus\":\"Started\"", "\"NotBefore\":\"\"");
    }

    @Test
    void olderVersionsLackTheLaterFields() {
        assertThat(render("2019-08-01", event(EventType.Reboot)))
                .contains("Description", "EventSource")
                .doesNotContain("DurationInSeconds");
        assertThat(render("2019-04-01", event(EventType.Reboot)))
                .contains("Description")
                .doesNotContain("EventSource");
        assertThat(render("2019-01-01", event(EventType.Reboot))).doesNotContain("Description");
    }

    @Test
    @DisplayName("edge case 12: the first version puts an underscore before names")
    void theFirstVersionPutsAnUnderscoreBeforeNames() {
        assertThat(render("2017-03-01", event(EventType.Reboot)))
                .contains("[\"_WestNO_0\",\"_WestNO_1\"]");
        assertThat(render("2017-08-01", event(EventType.Reboot)))
                .contains("[\"WestNO_0\",\"WestNO_1\"]");
    }

    @Test
    void aVersionLeavesOutTheTypesThatItDoesNotKnow() {
        var empty = "{\"DocumentIncarnation\":2,\"Events\":[]}";

        assertThat(render("2017-08-01", event(EventType.Preempt))).isEqualTo(empty);
        assertThat(render("2017-11-01", event(EventType.Preempt))).contains("Preempt");
        assertThat(render("2017-11-01", event(EventType.Terminate))).isEqualTo(empty);
        assertThat(render("2019-01-01", event(EventType.Terminate))).contains("Terminate");
    }

    @Test
    void theSwitchesSpoilWhatTheyName() {
        var spoiled =
                new Rendering("2020-07-01", true, true, true)
                        .render(new Document(2, List.of(event(EventType.Freeze))))
                        .path("Events");

        assertThat(spoiled).hasSize(2);
        assertThat(spoiled.path(1).path("EventId").asText())
                .isEqualTo("c7061bac-afdc-4513-b24b-aa5f13a16123");
        assertThat(spoiled.path(0).path("Resources").path(0).asText()).isEqualTo("WESTNO_0");
        assertThat(spoiled.path(0).path("NotBefore").asText())
                .isEqualTo("Tue, 20 Apr 2026 22:26:58 GMT");
    }
}
