package io.ebb.orchestrator.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class MemoryLedgerTest extends LedgerConcurrencyContract {
    private final AtomicReference<Instant> time = new AtomicReference<>(Samples.SEEN);

    @Override
    protected Ledger create() {
        return new MemoryLedger(time::get);
    }

    @Override
    protected void pass(Duration by) {
        time.updateAndGet(now -> now.plus(by));
    }
}
