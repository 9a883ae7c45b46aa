package io.ebb.orchestrator.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "the orchestrator's data folder (default: EBB_DATA, else ./ebb-data)")
    private @Nullable Path data;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "where the orchestrator is (default: where it said in its data folder)")
    private @Nullable String url;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try {
            var folder = DataFolder.of(data);
            Orchestrator.in(folder, Optional.ofNullable(url)).get("/health/readiness");
            return 0;
        } catch (Orchestrator.FailedException e) {
            command.getErr().println("not healthy: " + e.getMessage());
            command.getErr().flush();
            return 1;
        }
    }
}
