package io.ebb.agent.report;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to report next.
 *
 * @param usual while nothing is up
 */
public record Pace(Duration usual) {
    private static final Duration OPEN = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(3);

    /**
     * After an answer.
     *
     * @param wished the orchestrator's wish
     * @param open whether an event is in the document, or was a moment ago
     */
    Duration afterAnswer(Duration wished, boolean open) {
        Duration next = wished.compareTo(usual) < 0 ? wished : usual;
        if (open && next.compareTo(OPEN) > 0) {
            next = OPEN;
        }
        return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
    }

    /**
     * After the so-manieth failure in a row: a little longer each time, and not all agents at once;
     * never longer than after an answer, so that an orchestrator that is there again soon hears.
     *
     * @param wished the orchestrator's last wish
     * @param open whether an event is in the document, or was a moment ago
     */
    Duration afterFailure(int failures, Duration wished, boolean open, RandomGenerator random) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration answered = afterAnswer(wished, open);
        Duration longest = answered.compareTo(LAST_RETRY) < 0 ? answered : LAST_RETRY;
        long most = Math.min(pause.toMillis(), longest.toMillis());
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
