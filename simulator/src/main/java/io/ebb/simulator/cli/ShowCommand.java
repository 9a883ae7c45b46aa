package io.ebb.simulator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints one list of the control API. */
@Command(description = "Prints this list of the simulation that runs.")
final class ShowCommand implements Callable<Integer> {
    private final String path;

    @Mixin private Client client = new Client();

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    ShowCommand(String path) {
        this.path = path;
    }

    @Override
    public Integer call() throws Exception {
        var line = spec.commandLine();
        return client.send("GET", path, "", line.getOut(), line.getErr());
    }
}
