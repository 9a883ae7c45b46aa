package io.ebb.orchestrator.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the orchestrator that a command talks to keeps what is its own. */
final class DataFolder {
    private DataFolder() {}

    /** What was asked for, else {@code EBB_DATA}, else {@code ./ebb-data}. */
    static Path of(@Nullable Path asked) {
        return asked != null
                ? asked
                : Path.of(Optional.ofNullable(System.getenv("EBB_DATA")).orElse("./ebb-data"));
    }
}
