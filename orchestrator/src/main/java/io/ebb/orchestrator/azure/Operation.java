package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.orchestrator.pool.CloudException;
import java.time.Duration;
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

    /** Between two looks for the result of an action that changes nothing: it comes at once. */
    private static final Duration RESULT_POLL = Duration.ofSeconds(1);

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
        if (accepted.status() != 202 || accepted.location().isEmpty()) {
            return Mono.fromCallable(() -> accepted.orThrow(doing).body());
        }
        var url = accepted.location().get();
        return pause(Optional.of(RESULT_POLL))
                .then(arm.follow(url))
                .flatMap(answer ->
                        result(
                                doing,
                                new Answer(
                                        answer.status(),
                                        answer.body(),
                                        answer.operation(),
                                        answer.location().or(() -> Optional.of(url)),
                                        answer.retryAfter())));
    }

    /** Waits as long as ARM asks for, within reason. */
    Mono<Void> pause(Optional<Duration> retryAfter) {
        var asked = retryAfter.orElse(POLL);
        var capped = asked.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : asked;
        var throttled = arm.readersClosed().orElse(Duration.ZERO);
        return Mono.delay(capped.compareTo(throttled) < 0 ? throttled : capped).then();
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
