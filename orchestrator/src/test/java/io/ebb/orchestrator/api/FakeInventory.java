package io.ebb.orchestrator.api;

import io.ebb.orchestrator.pool.Inventory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Is never read: the VMs are those of the last turn, as {@link FakeLatest} tells it. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeInventory implements Inventory {
    @Override
    public Fleet read() {
        throw new UnsupportedOperationException();
    }
}
