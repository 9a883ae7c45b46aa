package io.ebb.orchestrator.control;

import java.time.Duration;

/** Times as the refusals of settings say them: {@code 2.5 s}. */
final class Seconds {
    private static final double MILLIS = 1000;

    private Seconds() {}

    /** To the millisecond. */
    static String of(Duration time) {
        return time.toMillis() / MILLIS + " s";
    }
}
