package io.ebb.orchestrator.api;

import io.ebb.orchestrator.fleet.Reception;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Lets an agent speak for the VM of its own name only, and wishes a drain. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeReception implements Reception {
    volatile String lastJson = "";
    volatile boolean ready = true;

    @Override
    public Wish accept(String agent, String json, Report report) {
        if (!ready) {
            throw new NotReadyException("the inventory has not been read yet");
        }
        if (!agent.equals(report.vm().name())) {
            throw new RefusedException(
                    "the token of %s does not speak for %s".formatted(agent, report.vm().name()));
        }
        lastJson = json;
        return new Wish(
                Duration.ofSeconds(1),
                List.of(8080),
                List.of(),
                List.of(),
                false,
                Wish.Hook.DRAIN,
                List.of());
    }
}
