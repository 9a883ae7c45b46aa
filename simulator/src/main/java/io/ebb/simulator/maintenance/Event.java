package io.ebb.simulator.maintenance;

import io.ebb.simulator.maintenance.Life.Approved;
import io.ebb.simulator.maintenance.Life.Canceled;
import io.ebb.simulator.maintenance.Life.Completed;
import io.ebb.simulator.maintenance.Life.Impacting;
import io.ebb.simulator.maintenance.Life.Scheduled;
import io.ebb.simulator.maintenance.Life.Settling;
import io.ebb.simulator.maintenance.Life.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One event and where it stands. Pure: every change is a new value, time is an argument.
 *
 * @param id the EventId in the metadata service's upper case
 * @param settle from the end of the impact until it leaves the document
 */
public record Event(
        String id, Work work, Instant createdAt, Instant notBefore, Duration settle, Life life) {

    /** An event that is announced now. */
    public static Event announced(String id, Work work, Duration settle, Instant now) {
        return new Event(id, work, now, now.plus(work.notice()), settle, new Scheduled());
    }

    /** An event that nobody is told of beforehand: failed hardware, or an operation at once. */
    public static Event straightToStarted(String id, Work work, Duration settle, Instant now) {
        return new Event(id, work, now, now, settle, new Started(Optional.empty(), now));
    }

    /** When it moves on by itself; empty once it is over. */
    public Optional<Instant> due() {
        return switch (life) {
            case Scheduled() -> Optional.of(notBefore);
            case Approved(var at, _) -> Optional.of(othersReady(at));
            case Started(_, var at) -> Optional.of(at.plus(work.runUp()));
            case Impacting(_, var from) -> Optional.of(from.plus(work.impact()));
            case Settling(_, var to) -> Optional.of(to.plus(settle));
            case Completed _, Canceled _ -> Optional.empty();
        };
    }

    /** The event one stage on, or empty if nothing is due yet. */
    public Optional<Event> next(Instant now) {
        return due().filter(due -> !now.isBefore(due)).map(_ -> in(following(now)));
    }

    /** Approved by the customer; an event past that point is returned as it is. */
    public Event approved(String by, Instant now) {
        return life instanceof Scheduled ? in(new Approved(now, by)) : this;
    }

    /** Called off; empty if it has started, which nothing undoes. */
    public Optional<Event> canceled(Instant now) {
        return life instanceof Scheduled || life instanceof Approved
                ? Optional.of(in(new Canceled(life.approval(), now)))
                : Optional.empty();
    }

    /** The same event for the other machines; it must have some. */
    Event without(String vm) {
        return new Event(id, work.without(vm), createdAt, notBefore, settle, life);
    }

    /** Whether the document shows it. */
    public boolean listed() {
        return life.goneAt().isEmpty();
    }

    /** Whether the document shows it as Started. */
    public boolean started() {
        return life.startedAt().isPresent();
    }

    private Instant othersReady(Instant approvedAt) {
        var ready = approvedAt.plus(work.othersTake());
        return ready.isAfter(notBefore) && notBefore.isAfter(approvedAt) ? notBefore : ready;
    }

    private Life following(Instant now) {
        return switch (life) {
            case Scheduled() -> new Started(Optional.empty(), now);
            case Approved approved -> new Started(Optional.of(approved), now);
            case Started started -> new Impacting(started, now);
            case Impacting impacting -> new Settling(impacting, now);
            case Settling settling -> new Completed(settling, now);
            case Completed _, Canceled _ -> life;
        };
    }

    private Event in(Life next) {
        return new Event(id, work, createdAt, notBefore, settle, next);
    }
}
