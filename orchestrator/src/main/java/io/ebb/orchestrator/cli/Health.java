package io.ebb.orchestrator.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Says by its exit status whether the orchestrator serves, for container engines that ask by a
 * command. It trusts the orchestrator's own certificate only, and needs no token.
 */
@Command(
        name = "health",
        description = "Exits with 0 when the orchestrator serves and reaches its database.",
        mixinStandardHelpOptions = true)
public final class Health implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Mixin private final Where where = new Where();

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try {
            where.orchestrator().get("/health/readiness");
            return 0;
        } catch (Orchestrator.FailedException e) {
            command.getErr().println("not healthy: " + e.getMessage());
            command.getErr().flush();
            return 1;
        }
    }
}
