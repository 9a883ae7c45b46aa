package io.ebb.orchestrator.control;

import io.ebb.orchestrator.fleet.Desk;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Lets what agents report wake the loop. */
@Singleton
final class Ears implements Desk.ReportListener {
    private final Wake wake;
    private final Orders orders;

    Ears(Wake wake, Orders orders) {
        this.wake = wake;
        this.orders = orders;
    }

    @Override
    public void heard() {
        wake.up();
    }

    @Override
    public void failed(String order, Instant now) {
        orders.failed(order, now);
    }
}
