package io.ebb.agent.probe;

import io.ebb.agent.Log;
import io.ebb.agent.health.HealthCheck;
import io.ebb.protocol.Report.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the load balancer may send new flows here: the application is healthy, and the
 * orchestrator does not wish them elsewhere. An orchestrator that cannot be reached does not keep a
 * VM out for ever.
 */
public final class Verdict {
    /** A VM that has just booted waits so long for the wish it had before. */
    private static final Duration FIRST_WISH = Duration.ofSeconds(5);

    private final HealthCheck health;
    private final Foresight foresight;
    private final Duration lapse;
    private final InstantSource steady;
    private final Runnable changed;
    private final Instant started;

    private @Nullable Instant wishedAt;
    private boolean pass = true;
    private List<String> alone = List.of();
    private boolean passing;
    private Instant since;

    /**
     * Does not pass yet.
     *
     * @param lapse after so long without a wish, the last one is void
     * @param steady a clock that never jumps
     * @param changed told when the verdict changed
     */
    public Verdict(
            HealthCheck health,
            Foresight foresight,
            Duration lapse,
            InstantSource steady,
            Runnable changed) {
        this.health = health;
        this.foresight = foresight;
        this.lapse = lapse;
        this.steady = steady;
        this.changed = changed;
        started = steady.instant();
        since = started;
    }

    /**
     * The orchestrator's wish has arrived.
     *
     * @param left types of events for which it leaves the verdict to this VM
     */
    public void wish(boolean shouldPass, List<String> left) {
        synchronized (this) {
            pass = shouldPass;
            alone = List.copyOf(left);
            wishedAt = steady.instant();
        }
        against();
    }

    /** Why no new flow should come now; empty when it may. Ask it each second. */
    public Optional<String> against() {
        Optional<String> reason;
        boolean news;
        synchronized (this) {
            reason = reason(steady.instant());
            news = reason.isEmpty() != passing;
            if (news) {
                passing = reason.isEmpty();
                since = steady.instant();
                Log.info(
                        reason.map(why -> "the probe fails now: " + why)
                                .orElse("the probe passes now"));
            }
        }
        if (news) {
            changed.run();
        }
        return reason;
    }

    private Optional<String> reason(Instant now) {
        if (wishedAt == null && now.isBefore(started.plus(FIRST_WISH))) {
            return Optional.of("waiting for the orchestrator's first wish");
        }
        if (!pass && wishedAt != null && now.isBefore(wishedAt.plus(lapse))) {
            return Optional.of("the orchestrator wishes no new flows here");
        }
        if (wishedAt != null) {
            Optional<String> own = foresight.against(alone, Duration.between(wishedAt, now));
            if (own.isPresent()) {
                return own;
            }
        }
        Health found = health.health();
        return found.healthy() || health.unchecked()
                ? Optional.empty()
                : Optional.of("the application is not healthy: " + found.detail());
    }

    /** Whether it passed when last asked. */
    public synchronized boolean passing() {
        return passing;
    }

    /** How long it has been so. */
    public synchronized Duration steadyFor() {
        return Duration.between(since, steady.instant());
    }
}
