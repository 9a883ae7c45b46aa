package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.orchestrator.pool.CloudException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Waits for what goes on behind a good answer. ARM calls a network interface {@code Succeeded} in
 * the answer to the PUT, before the write has taken effect, so only the operation's own status
 * counts. The SDK's poller believes the answer; that is why this is not the SDK's.
 */
final class Operation {
    /** Between two polls when ARM does not say. */
    static final Duration POLL = Duration.ofSeconds(10);

    /** Also where ARM says that no pause is needed. */
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

    /**
     * Before the first look for the result of an action that changes nothing: it comes at once.
     * Before each further one longer.
     */
    private static final Duration RESULT_POLL = Duration.ofMillis(250);

    private static final Duration LONGEST_RESULT_POLL = Duration.ofSeconds(1);

    private static final Duration LONGEST_POLL = Duration.ofSeconds(60);

    private final Arm arm;

    Operation(Arm arm) {
        this.arm = arm;
    }

    /**
     * Completes when the operation has succeeded, or is not known any more: then only the resource
     * can tell.
     *
     * @param accepted the answer that named it
     */
    Mono<Void> finished(String doing, Answer accepted) {
        return accepted.operation()
                .map(url -> poll(doing, url, accepted.retryAfter()))
                .orElse(Mono.empty());
    }

    /** The body of the answer that {@code Location} promised. */
    Mono<JsonNode> result(String doing, Answer accepted) {
        return result(doing, accepted, RESULT_POLL);
    }

    private Mono<JsonNode> result(String doing, Answer accepted, Duration pause) {
        if (accepted.status() != 202 || accepted.location().isEmpty()) {
            return Mono.fromCallable(() -> accepted.orThrow(doing).body());
        }
        var url = accepted.location().get();
        return pause(Optional.of(pause))
                .then(arm.follow(url))
                .flatMap(answer ->
                        result(
                                doing,
                                new Answer(
                                        answer.status(),
                                        answer.body(),
                                        answer.operation(),
                                        answer.location().or(() -> Optional.of(url)),
                                        answer.retryAfter()),
                                pause.compareTo(LONGEST_RESULT_POLL) < 0
                                        ? pause.multipliedBy(2)
                                        : pause));
    }

    /** Waits as long as ARM asks for, within reason. */
    Mono<Void> pause(Optional<Duration> retryAfter) {
        var asked = retryAfter.orElse(POLL);
        var capped = asked.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : asked;
        var throttled = arm.readersClosed().orElse(Duration.ZERO);
        return Mono.delay(longest(capped, throttled, SHORTEST_POLL)).then();
    }

    private static Duration longest(Duration... pauses) {
        return Collections.max(List.of(pauses));
    }

    private Mono<Void> poll(String doing, String url, Optional<Duration> retryAfter) {
        return pause(retryAfter)
                .then(arm.follow(url))
                .onErrorResume(Failures::isLost, _ -> Mono.just(NOTHING_NEW))
                .flatMap(answer -> judge(doing, url, answer));
    }

    private Mono<Void> judge(String doing, String url, Answer answer) {
        if (answer.isGone()) {
            return Mono.empty();
        }
        if (!answer.isGood()) {
            var failure = Refusal.of(answer).toException(doing);
            return failure instanceof CloudException.Transient busy
                    ? poll(doing, url, busy.retryAfter())
                    : Mono.error(failure);
        }
        return switch (answer.body().path("status").asText()) {
            case "Succeeded" -> Mono.empty();
            case "Failed", "Canceled" ->
                    Mono.error(Refusal.ofOperation(answer.body()).toException(doing));
            default -> poll(doing, url, answer.retryAfter());
        };
    }

    private static final Answer NOTHING_NEW =
            new Answer(
                    200,
                    Wire.JSON.createObjectNode(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
