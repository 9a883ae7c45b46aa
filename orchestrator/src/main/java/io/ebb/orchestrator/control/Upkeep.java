package io.ebb.orchestrator.control;

import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.CurrentFleet;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventory and the readings young, on threads of their own, so that a slow cloud does
 * not hold up a turn.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** From one look to the next, unless a reading is wanted sooner. */
    static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration INVENTORY = Duration.ofSeconds(60);

    private final CurrentFleet fleet;
    private final Readings readings;
    private final Turn turn;
    private final Ledger ledger;
    private final Wake wake;
    private volatile boolean running = true;

    Upkeep(CurrentFleet fleet, Readings readings, Turn turn, Ledger ledger, Wake wake) {
        this.fleet = fleet;
        this.readings = readings;
        this.turn = turn;
        this.ledger = ledger;
        this.wake = wake;
    }

    void start() {
        Thread.ofPlatform().name("readings").daemon().start(this::keepReadings);
        Thread.ofPlatform().name("inventory").daemon().start(this::keepInventory);
    }

    void stop() {
        running = false;
        readings.hurry();
    }

    private void keepReadings() {
        try {
            while (running) {
                succeeds(this::look);
                readings.await(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An inventory that cannot be read is tried again soon, and then less and less often. */
    private void keepInventory() {
        var retry = LOOK;
        try {
            while (running) {
                var isRead = succeeds(fleet::refresh) && fleet.problem().isEmpty();
                readings.hurry();
                Thread.sleep(isRead ? INVENTORY : retry);
                var longer = retry.multipliedBy(2);
                retry = isRead ? LOOK : longer.compareTo(INVENTORY) < 0 ? longer : INVENTORY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("looking at the cloud failed; it is tried again", e);
            return false;
        }
    }

    private void look() {
        fleet.get()
                .ifPresent(known -> {
                    var interest = turn.interest(known);
                    if (readings.refresh(interest.vms(), interest.busy(), ledger.now())) {
                        wake.up();
                        readings.list(interest.left());
                        wake.up();
                    }
                });
    }
}
