package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.Patience;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows how to put members back by hand, and no more. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeBalancer implements LoadBalancer {
    @Override
    public Set<String> listed(Inventory.KnownPool pool) {
        return Set.of();
    }

    @Override
    public Reading read(Collection<Inventory.KnownVm> vms) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resource apply(Resource resource, List<Change> changes, Patience patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> byHand(MemberId member, String saved) {
        return Optional.of("az put %s back into %s".formatted(saved, member.pool().name()));
    }
}
