package io.ebb.orchestrator.azure;

import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Where Reactor ends: the one place that blocks. */
final class Edge {
    private Edge() {}

    /** Waits for the answer, or throws what went wrong in the kinds that callers know. */
    static <T> T await(String doing, Mono<T> answer, Duration limit) {
        try {
            return Objects.requireNonNull(answer.timeout(limit).block());
        } catch (RuntimeException e) {
            throw Failures.of(doing, e);
        }
    }
}
