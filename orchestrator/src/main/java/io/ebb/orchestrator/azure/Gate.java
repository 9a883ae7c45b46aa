package io.ebb.orchestrator.azure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closed while ARM throttles. A request that is sent too early is refused and given a new time to
 * wait, so none is sent.
 */
final class Gate {
    private final InstantSource clock;
    private final AtomicReference<Instant> opens = new AtomicReference<>(Instant.MIN);

    Gate(InstantSource clock) {
        this.clock = clock;
    }

    void close(Duration time) {
        var until = clock.instant().plus(time);
        opens.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** How much longer it is closed; empty: it is open. */
    Optional<Duration> closed() {
        var now = clock.instant();
        var until = opens.get();
        return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }
}
