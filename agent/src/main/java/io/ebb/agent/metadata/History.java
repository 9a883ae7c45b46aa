package io.ebb.agent.metadata;

import io.ebb.protocol.MalformedException;
import io.ebb.protocol.Report.Document;
import io.ebb.protocol.Report.Missing;
import io.ebb.protocol.Report.Reading;
import io.ebb.protocol.ScheduledEvent;
import io.ebb.protocol.ScheduledEvents;
import io.ebb.protocol.ScheduledEventsJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this run has read so far. It never guesses: an attempt that brought nothing leaves the last
 * good document as it was and ends the streaks.
 */
final class History {
    /** An agent lives long, and what vanished so many events ago nobody asks for. */
    private static final int MOST_MISSING = 64;

    /** Events that were seen, by their id in upper case, and good readings without them since. */
    private final Map<String, Missing> seen = new LinkedHashMap<>();

    private ScheduledEvents last = new ScheduledEvents(0, List.of());
    private String text = "";
    private String etag = "";
    private String malformed = "";
    private Reading reading = Reading.UNKNOWN;
    private Optional<String> problem = Optional.of("not read yet");
    private @Nullable Instant lastGood;
    private @Nullable Instant firstGood;
    private int goodReads;

    /** Takes in an attempt that ended at this time. */
    void take(Attempt attempt, Instant now) {
        switch (attempt) {
            case Attempt.Failed failed -> unknown(failed.problem(), "");
            case Attempt.NotModified() -> {
                if (lastGood == null) {
                    unknown("answered 304 without having sent a document", "");
                } else {
                    good(last, Reading.UNCHANGED, now);
                }
            }
            case Attempt.Body body -> body(body, now);
        }
    }

    private void body(Attempt.Body body, Instant now) {
        if (body.text().isBlank()) {
            unknown("answered 200 with an empty body", "");
        } else if (lastGood != null && body.text().equals(text)) {
            etag = body.etag();
            good(last, Reading.UNCHANGED, now);
        } else {
            try {
                ScheduledEvents events = ScheduledEventsJson.read(body.text());
                etag = body.etag();
                text = body.text();
                good(events, Reading.FRESH, now);
            } catch (MalformedException e) {
                unknown(String.valueOf(e.getMessage()), body.text());
            }
        }
    }

    private void good(ScheduledEvents events, Reading how, Instant now) {
        // A counter that falls was reset: the document may be that of a service which was just
        // switched on and is blind for some minutes.
        if (events.incarnation() < last.incarnation()) {
            endStreak();
            seen.clear();
        }
        if (firstGood == null) {
            firstGood = now;
        }
        last = events;
        lastGood = now;
        goodReads = Math.min(goodReads + 1, Integer.MAX_VALUE - 1);
        reading = how;
        problem = Optional.empty();
        malformed = "";
        seen.replaceAll((id, was) -> new Missing(was.eventId(), was.reads() + 1));
        for (ScheduledEvent event : events.events()) {
            seen.put(key(event.eventId()), new Missing(event.eventId(), 0));
        }
        List<Missing> gone = missing();
        gone.stream()
                .limit(Math.max(0, gone.size() - MOST_MISSING))
                .forEach(oldest -> seen.remove(key(oldest.eventId())));
    }

    private void unknown(String why, String body) {
        endStreak();
        seen.replaceAll((id, was) -> new Missing(was.eventId(), 0));
        reading = Reading.UNKNOWN;
        problem = Optional.of(why);
        malformed = body;
    }

    private void endStreak() {
        firstGood = null;
        goodReads = 0;
    }

    /** The ETag of the last good document; empty when there is none. */
    String etag() {
        return etag;
    }

    Reading reading() {
        return reading;
    }

    Optional<String> problem() {
        return problem;
    }

    /** The last good document; without events when there was none yet. */
    ScheduledEvents events() {
        return last;
    }

    /** An event of the last good document. */
    Optional<ScheduledEvent> find(String eventId) {
        return last.events().stream()
                .filter(event -> key(event.eventId()).equals(key(eventId)))
                .findFirst();
    }

    Optional<Duration> age(Instant now) {
        return Optional.ofNullable(lastGood).map(at -> Duration.between(at, now));
    }

    Document document(Instant now) {
        return new Document(
                reading,
                malformed.isEmpty() ? text : malformed,
                age(now),
                firstGood == null || lastGood == null
                        ? Duration.ZERO
                        : Duration.between(firstGood, lastGood),
                goodReads,
                problem);
    }

    List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        seen.forEach((id, entry) -> {
            if (find(id).isEmpty()) {
                missing.add(entry);
            }
        });
        return missing;
    }

    /** Ids are written in upper case here and in lower case elsewhere. */
    private static String key(String eventId) {
        return eventId.toUpperCase(Locale.ROOT);
    }
}
