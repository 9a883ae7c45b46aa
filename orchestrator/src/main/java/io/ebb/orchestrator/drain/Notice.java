package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.Optional;

/**
 * What Azure last said of an event for certain. It has no word for "finished", and not hearing from
 * it is no notice.
 */
public sealed interface Notice {
    /**
     * It has not begun.
     *
     * @param notBefore when the platform begins by itself; empty when Azure's text could not be
     *     read: then it may begin at any time
     */
    record Scheduled(Optional<Instant> notBefore) implements Notice {}

    /** It has begun; further impacts may follow until it is gone. */
    record Started() implements Notice {}

    /** Good documents no longer show it: finished or cancelled. */
    record Gone(Instant since) implements Notice {}
}
