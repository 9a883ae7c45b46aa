package io.ebb.protocol;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Scheduled Events document as Azure writes it, read liberally: fields came with the versions
 * of the service, its enumerations grow, and its times have been seen empty, in ISO-8601 and with a
 * wrong weekday. Only what would make an event unseen is refused.
 */
public final class ScheduledEventsJson {
    private ScheduledEventsJson() {}

    /**
     * Reads a document.
     *
     * @throws MalformedException naming the path, when the text is empty or no JSON, when it has no
     *     list of events (an error's body has none, and must not read as "no events"), or when an
     *     event has no id
     */
    public static ScheduledEvents read(String text) {
        Node in = Node.read("document", text.getBytes(StandardCharsets.UTF_8));
        long incarnation =
                in.find("DocumentIncarnation")
                        .map(node -> number(node).orElseThrow(() -> node.bad("expected integer")))
                        .orElse(0L);
        return new ScheduledEvents(
                incarnation, in.need("Events").items(ScheduledEventsJson::event));
    }

    /** The body that approves one event: {@code {"StartRequests":[{"EventId":"..."}]}}. */
    public static byte[] startRequest(String eventId) {
        return JsonOut.write(
                eventId,
                (out, id) ->
                        out.objects(
                                "StartRequests",
                                List.of(id),
                                (each, value) -> each.text("EventId", value)));
    }

    private static ScheduledEvent event(Node in) {
        String notBefore = in.anyText("NotBefore");
        return new ScheduledEvent(
                id(in.need("EventId")),
                in.anyText("EventStatus"),
                in.anyText("EventType"),
                in.list("Resources", Node::text),
                time(notBefore),
                notBefore,
                in.anyText("Description"),
                in.anyText("EventSource"),
                in.find("DurationInSeconds")
                        .flatMap(ScheduledEventsJson::number)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }

    private static String id(Node in) {
        if (in.text().isBlank()) {
            throw in.bad("empty");
        }
        return in.text();
    }

    /** An integer, also one that is written as a string or with a fraction. */
    private static Optional<Long> number(Node in) {
        try {
            return Optional.of(new BigDecimal(String.valueOf(in.value())).longValue());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** RFC 1123 without its weekday, which Azure's own samples have wrong, or ISO-8601. */
    private static Optional<Instant> time(String text) {
        String date = text.substring(text.indexOf(',') + 1).strip();
        return parsed(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                .or(() -> parsed(date.toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_DATE_TIME));
    }

    private static Optional<Instant> parsed(String text, DateTimeFormatter format) {
        try {
            return Optional.of(format.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
