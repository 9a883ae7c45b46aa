package io.ebb.orchestrator.control;

import io.ebb.orchestrator.ledger.Ledger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes finished rows that are older than the retention: now and then, and a batch between two
 * turns at most, so that no turn waits for it.
 */
@Singleton
final class Pruner {
    static final Duration PAUSE = Duration.ofHours(1);
    static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Pruner.class);

    private final Ledger ledger;
    private final Retention retention;
    private Instant next = Instant.MIN;

    Pruner(Ledger ledger, Retention retention) {
        this.ledger = ledger;
        this.retention = retention;
    }

    /**
     * Deletes a batch, if it is time to.
     *
     * @throws Ledger.LeaseLostException when the lease passed to another; nothing was deleted
     */
    void prune(Ledger.Lease lease) {
        var now = ledger.now();
        if (now.isBefore(next)) {
            return;
        }
        var before = now.minus(retention.retention());
        var deleted = ledger.prune(lease, before, BATCH);
        if (deleted < BATCH) {
            next = now.plus(PAUSE);
        }
        if (deleted > 0) {
            LOG.info("pruned what was finished before {}", before);
        }
    }
}
