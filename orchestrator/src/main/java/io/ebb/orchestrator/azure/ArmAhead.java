package io.ebb.orchestrator.azure;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Opens the connection while the server starts: to make the SDK's clients takes half a second,
 * which a restart in the middle of a drain would wait for.
 */
@Context
@Requires(env = "serve")
final class ArmAhead {
    private final FutureTask<Arm> opening;

    ArmAhead(AzureSettings settings) {
        opening = new FutureTask<>(() -> AzureFactory.open(settings));
        Thread.ofPlatform().name("opening").daemon().start(opening);
    }

    /**
     * The connection, once it is open.
     *
     * @throws RuntimeException what opening it has thrown
     */
    Arm arm() {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("connecting to Azure", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to Azure", e);
        }
    }
}
