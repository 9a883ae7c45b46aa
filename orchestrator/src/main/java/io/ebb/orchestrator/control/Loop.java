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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes turns for as long as this replica holds the lease: when something was reported (coalesced),
 * when a lane finished, and when time alone may have changed the plan. Threads of their own keep
 * the readings and the inventory young, so that a slow cloud does not hold up a turn.
 */
@Singleton
@Requires(env = "serve")
public final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** Turns are no closer together than this. */
    static final Duration SPACING = Duration.ofMillis(250);

    static final Duration OPEN = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How long the last turn may take at an orderly end. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private static final Duration INVENTORY = Duration.ofSeconds(60);

    private final String owner = UUID.randomUUID().toString();
    private final Ledger ledger;
    private final Turn turn;
    private final CurrentFleet fleet;
    private final Readings readings;
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
        this.fleet = fleet;
        this.readings = readings;
        this.pruner = pruner;
        this.wake = wake;
        this.term = settings.lease();
    }

    /** Begins when the server serves: from then on agents can be heard. */
    @EventListener
    void onStart(ServerStartupEvent event) {
        turns = Thread.ofPlatform().name("turns").daemon().start(this::takeTurns);
        Thread.ofPlatform().name("readings").daemon().start(this::keepReadings);
        Thread.ofPlatform().name("inventory").daemon().start(this::keepInventory);
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

    /** Who stands by does not know what happens; it must be there soon after a lease has ended. */
    private Duration longestPause() {
        if (lease.isEmpty() || !turn.isIdle()) {
            return OPEN;
        }
        return shorter(term.dividedBy(3), IDLE);
    }

    private void keepReadings() {
        keep(this::look, () -> readings.await(LOOK));
    }

    /** What fails is tried again soon, and then less and less often. */
    private void keepInventory() {
        var retry = new AtomicReference<>(LOOK);
        keep(
                () -> {
                    fleet.refresh();
                    readings.hurry();
                },
                () -> {
                    var isRead = fleet.problem().isEmpty();
                    var pause = isRead ? INVENTORY : retry.get();
                    retry.set(isRead ? LOOK : shorter(pause.multipliedBy(2), INVENTORY));
                    Thread.sleep(pause);
                });
    }

    /** A pause that an interrupt ends. */
    private interface Pause {
        void take() throws InterruptedException;
    }

    private void keep(Runnable work, Pause pause) {
        while (running) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("looking at the cloud failed; it is tried again", e);
            }
            try {
                pause.take();
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void look() {
        fleet.get()
                .ifPresent(known -> {
                    var interest = turn.interest(known);
                    if (readings.refresh(interest.vms(), interest.busy(), ledger.now())) {
                        readings.list(interest.left());
                        wake.up();
                    }
                });
    }

    /**
     * Gives the lease back, so that a successor need not wait for its end; unless something that
     * was planned under it is still under way: then the lease runs out by itself.
     */
    @PreDestroy
    void stop() throws InterruptedException {
        running = false;
        wake.up();
        var taking = turns;
        if ((taking == null || taking.join(LAST)) && turn.isAtRest()) {
            lease.ifPresent(ledger::release);
        }
    }
}
