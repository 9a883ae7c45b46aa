package io.ebb.simulator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Calls an event off. */
@Command(name = "cancel", description = "Calls an event off that has not started.")
final class CancelCommand implements Callable<Integer> {
    @Mixin private Client client = new Client();

    @Parameters(paramLabel = "ID", description = "the event")
    private String id = "";

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var line = spec.commandLine();
        return client.send("DELETE", "/events/" + id, "", line.getOut(), line.getErr());
    }
}
