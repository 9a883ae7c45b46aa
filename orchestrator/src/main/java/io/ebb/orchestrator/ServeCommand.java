package io.ebb.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Serves until it is told to stop. */
@Command(
        name = "serve",
        description = "Serves agents and operators; the default.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Unmatched private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        return Runtimes.serve(settings);
    }
}
