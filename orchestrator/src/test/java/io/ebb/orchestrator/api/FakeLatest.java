package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The last turn, as a test tells it. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeLatest implements Latest {
    volatile Optional<View> view = Optional.empty();
    volatile Optional<String> problem = Optional.empty();

    @Override
    public Optional<View> view() {
        return view;
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }
}
