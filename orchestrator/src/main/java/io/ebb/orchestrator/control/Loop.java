package io.ebb.orchestrator.control;

import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.CurrentFleet;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes turns for as long as this replica holds the lease: when something was reported (coalesced),
 * when a lane finished, and when time alone may have changed the plan. Without the lease it only
 * watches.
 */
@Singleton
@Requires(env = "serve")
public final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** Turns are no closer together than this. */
    static final Duration SPACING = Duration.ofMillis(250);

    static final Duration OPEN = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(3);

    /** How long the last turn may take at an orderly end. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private final String owner = UUID.randomUUID().toString();
    private final Ledger ledger;
    private final Turn turn;
    private final Upkeep upkeep;
    private final Pruner pruner;
    private final Wake wake;
    private final Duration term;
    private volatile boolean running = true;
    private volatile @Nullable Thread turns;
    private volatile Optional<Ledger.Lease> lease = Optional.empty();

    Loop(
            Ledger ledger,
            Turn turn,
            CurrentFleet fleet,
            Readings readings,
            Pruner pruner,
            Wake wake,
            LeaseSettings settings,
            ReadingSettings reading) {
        reading.checkAgainst(settings);
        this.ledger = ledger;
        this.turn = turn;
        this.upkeep = new Upkeep(fleet, readings, turn, ledger, wake);
        this.pruner = pruner;
        this.wake = wake;
        this.term = settings.lease();
    }

    /** Begins when the server serves: from then on agents can be heard. */
    @EventListener
    void onStart(ServerStartupEvent event) {
        turns = Thread.ofPlatform().name("turns").daemon().start(this::takeTurns);
        upkeep.start();
    }

    private void takeTurns() {
        while (running) {
            try {
                lease = ledger.lease(owner, term);
                lease.ifPresentOrElse(
                        held -> {
                            turn.take(held, term);
                            pruner.prune(held);
                        },
                        // Whoever does not plan still answers agents and operators.
                        () -> turn.watch(term));
            } catch (Ledger.LeaseLostException e) {
                LOG.warn("taking a turn: {}", e.getMessage());
            } catch (Ledger.SpokenMeanwhileException e) {
                LOG.info("taking a turn: {}", e.getMessage());
                wake.up();
            } catch (RuntimeException e) {
                turn.failed(e);
                LOG.error("taking a turn failed; the next one starts from the facts again", e);
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(SPACING);
            wake.sleep(longestPause());
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** Who stands by must be there soon after a lease has ended. */
    private Duration longestPause() {
        if (lease.isEmpty() || !turn.isIdle()) {
            return OPEN;
        }
        var third = term.dividedBy(3);
        return third.compareTo(IDLE) < 0 ? third : IDLE;
    }

    /**
     * Gives the lease back, so that a successor need not wait for its end; unless something that
     * was planned under it is still under way: then the lease runs out by itself.
     */
    @PreDestroy
    void stop() throws InterruptedException {
        running = false;
        upkeep.stop();
        wake.up();
        var taking = turns;
        if ((taking == null || taking.join(LAST)) && turn.isAtRest()) {
            lease.ifPresent(ledger::release);
        }
    }
}
