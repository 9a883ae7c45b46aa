package io.ebb.simulator.maintenance;

import java.time.Instant;
import java.util.Optional;

/** Where an event stands; each stage keeps the facts of those before it. */
public sealed interface Life {

    /** Announced; waits for an approval or for NotBefore. */
    record Scheduled() implements Life {}

    /** Approved by the customer, but not by everybody else yet. The document does not show it. */
    record Approved(Instant at, String by) implements Life {}

    /** Begun; nothing has happened to a machine yet. */
    record Started(Optional<Approved> approval, Instant at) implements Life {}

    /** The machines are paused or down. */
    record Impacting(Started started, Instant from) implements Life {}

    /** The impact is over, the document still shows the event as Started. */
    record Settling(Impacting impacting, Instant to) implements Life {}

    /** Over; the document no longer shows it. */
    record Completed(Settling settling, Instant at) implements Life {}

    /** Called off before it started. */
    record Canceled(Optional<Approved> approval, Instant at) implements Life {}

    /** The customer's approval, if there was one. */
    default Optional<Approved> approval() {
        return switch (this) {
            case Scheduled() -> Optional.empty();
            case Approved approved -> Optional.of(approved);
            case Started(var approval, _) -> approval;
            case Impacting(var started, _) -> started.approval();
            case Settling(var impacting, _) -> impacting.started().approval();
            case Completed(var settling, _) -> settling.impacting().started().approval();
            case Canceled(var approval, _) -> approval;
        };
    }

    /** When it started, if it did. */
    default Optional<Instant> startedAt() {
        return switch (this) {
            case Scheduled _, Approved _, Canceled _ -> Optional.empty();
            case Started started -> Optional.of(started.at());
            case Impacting impacting -> Optional.of(impacting.started().at());
            case Settling settling -> Optional.of(settling.impacting().started().at());
            case Completed completed ->
                    Optional.of(completed.settling().impacting().started().at());
        };
    }

    /** When its impact began, if it did. */
    default Optional<Instant> impactFrom() {
        return switch (this) {
            case Scheduled _, Approved _, Canceled _, Started _ -> Optional.empty();
            case Impacting impacting -> Optional.of(impacting.from());
            case Settling settling -> Optional.of(settling.impacting().from());
            case Completed completed -> Optional.of(completed.settling().impacting().from());
        };
    }

    /** When its impact ended, if it did. */
    default Optional<Instant> impactTo() {
        return switch (this) {
            case Scheduled _, Approved _, Canceled _, Started _, Impacting _ -> Optional.empty();
            case Settling settling -> Optional.of(settling.to());
            case Completed completed -> Optional.of(completed.settling().to());
        };
    }

    /** When it left the document, if it did. */
    default Optional<Instant> goneAt() {
        return switch (this) {
            case Completed completed -> Optional.of(completed.at());
            case Canceled canceled -> Optional.of(canceled.at());
            case Scheduled _, Approved _, Started _, Impacting _, Settling _ -> Optional.empty();
        };
    }
}
