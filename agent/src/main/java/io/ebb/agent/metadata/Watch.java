package io.ebb.agent.metadata;

import io.ebb.agent.Log;
import io.ebb.protocol.Report.Document;
import io.ebb.protocol.Report.Missing;
import io.ebb.protocol.Report.Reading;
import io.ebb.protocol.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Watches the Scheduled Events document. Any thread may ask; readings happen one at a time. */
public final class Watch {
    private static final Duration LATER_ANSWER = Duration.ofSeconds(5);
    private static final Duration WHEN_THROTTLED = Duration.ofSeconds(5);

    /** Events that are gone are worth frequent reports for so many readings. */
    private static final int LATELY = 10;

    private final Imds imds;
    private final InstantSource steady;
    private final Duration poll;
    private final Duration firstAnswer;
    private final Runnable changed;
    private final ReentrantLock oneReading = new ReentrantLock();
    private final History history = new History();
    private boolean answered;
    private boolean complained;

    /**
     * A watch that has not read yet.
     *
     * @param steady a clock that never jumps
     * @param poll from one reading to the next
     * @param firstAnswer how long to wait until the service has answered once; switching Scheduled
     *     Events on takes it up to two minutes
     * @param changed told when the document, or whether it is known, changed
     */
    public Watch(
            Imds imds,
            InstantSource steady,
            Duration poll,
            Duration firstAnswer,
            Runnable changed) {
        this.imds = imds;
        this.steady = steady;
        this.poll = poll;
        this.firstAnswer = firstAnswer;
        this.changed = changed;
    }

    /**
     * Reads the document once.
     *
     * @return when to read it again
     */
    public Duration read() {
        Attempt attempt;
        boolean news;
        oneReading.lock();
        try {
            attempt = imds.read(etag(), answered ? LATER_ANSWER : firstAnswer);
            answered |= !(attempt instanceof Attempt.Failed);
            news = take(attempt);
        } finally {
            oneReading.unlock();
        }
        if (news) {
            changed.run();
        }
        return attempt instanceof Attempt.Failed failed && failed.throttled()
                ? WHEN_THROTTLED.compareTo(poll) > 0 ? WHEN_THROTTLED : poll
                : poll;
    }

    private boolean take(Attempt attempt) {
        synchronized (history) {
            Reading before = history.reading();
            history.take(attempt, steady.instant());
            Reading after = history.reading();
            if (after == Reading.FRESH) {
                Log.info("scheduled events: " + history.document(steady.instant()).text());
            } else if (after == Reading.UNKNOWN && !complained) {
                complained = true;
                Log.warn("scheduled events are unknown: " + history.problem().orElse(""));
            } else if (after == Reading.UNCHANGED && before == Reading.UNKNOWN) {
                Log.info("scheduled events are known again");
            }
            complained &= after == Reading.UNKNOWN;
            return after == Reading.FRESH
                    || (before == Reading.UNKNOWN) != (after == Reading.UNKNOWN);
        }
    }

    private String etag() {
        synchronized (history) {
            return history.etag();
        }
    }

    /** The last reading, as it is reported. */
    public Document document() {
        synchronized (history) {
            return history.document(steady.instant());
        }
    }

    /** Events that were seen and are not in the document any more. */
    public List<Missing> missing() {
        synchronized (history) {
            return history.missing();
        }
    }

    /** Whether an event is in the document, or was a moment ago. */
    public boolean open() {
        synchronized (history) {
            return !history.events().events().isEmpty()
                    || history.missing().stream().anyMatch(gone -> gone.reads() < LATELY);
        }
    }

    /** The events of the last good document; none when that is older than this. */
    public List<ScheduledEvent> events(Duration within) {
        synchronized (history) {
            return history.age(steady.instant())
                    .filter(age -> age.compareTo(within) <= 0)
                    .map(_ -> history.events().events())
                    .orElse(List.of());
        }
    }

    /**
     * An event as a document shows it that was read or confirmed within so long; the document is
     * read anew when the last reading is older or brought nothing.
     *
     * @return empty when the document is known and does not show it
     * @throws UnknownDocumentException when the document cannot be read
     */
    public Optional<ScheduledEvent> certain(String eventId, Duration within)
            throws UnknownDocumentException {
        if (!fresh(within)) {
            read();
        }
        synchronized (history) {
            if (!fresh(within)) {
                throw new UnknownDocumentException(history.problem().orElse("it is too old"));
            }
            return history.find(eventId);
        }
    }

    private boolean fresh(Duration within) {
        Instant now = steady.instant();
        synchronized (history) {
            return history.reading() != Reading.UNKNOWN
                    && history.age(now).filter(age -> age.compareTo(within) <= 0).isPresent();
        }
    }
}
