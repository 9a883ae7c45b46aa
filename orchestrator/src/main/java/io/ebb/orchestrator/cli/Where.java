package io.ebb.orchestrator.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which orchestrator a command talks to. */
final class Where {
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

    /**
     * That orchestrator.
     *
     * @throws Orchestrator.FailedException when the data folder does not tell
     */
    Orchestrator orchestrator() {
        return Orchestrator.in(DataFolder.of(data), Optional.ofNullable(url));
    }
}
