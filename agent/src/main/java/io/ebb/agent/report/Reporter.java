package io.ebb.agent.report;

import io.ebb.agent.Log;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/** Reports for ever: on its pace, and at once when the bell rings. */
public final class Reporter {

    /** Hears the orchestrator's wishes. */
    public interface Listener {
        /**
         * A wish has arrived.
         *
         * @param report the one that it answers
         * @param sent when that was sent, on the steady clock
         */
        void heard(Wish wish, Report report, Instant sent);
    }

    /** One failure may be a kept connection that the server has closed. */
    private static final int SERIOUS = 2;

    private final Orchestrator orchestrator;
    private final Bell bell;
    private final Pace pace;
    private final BooleanSupplier open;
    private final InstantSource steady;
    private final RandomGenerator random;

    private long sequence;
    private int failures;

    /**
     * Has not reported yet.
     *
     * @param open whether events ask for frequent reports
     * @param steady a clock that never jumps
     */
    public Reporter(
            Orchestrator orchestrator,
            Bell bell,
            Pace pace,
            BooleanSupplier open,
            InstantSource steady,
            RandomGenerator random) {
        this.orchestrator = orchestrator;
        this.bell = bell;
        this.pace = pace;
        this.open = open;
        this.steady = steady;
        this.random = random;
    }

    /** Reports until interrupted; {@code view} makes the report with a given sequence number. */
    public void run(LongFunction<Report> view, Listener listener) throws InterruptedException {
        Duration wished = pace.usual();
        while (true) {
            Report report = view.apply(++sequence);
            Instant sent = steady.instant();
            try {
                Wish wish = orchestrator.report(report);
                if (failures >= SERIOUS || sequence == 1) {
                    Log.info("the orchestrator answers");
                }
                failures = 0;
                listener.heard(wish, report, sent);
                wished = wish.nextReport();
                bell.await(pace.afterAnswer(wished, open.getAsBoolean()));
            } catch (IOException | RuntimeException e) {
                if (++failures == SERIOUS) {
                    Log.warn("the orchestrator does not answer: " + e);
                }
                Thread.sleep(pace.afterFailure(failures, wished, open.getAsBoolean(), random));
            }
        }
    }
}
