package io.ebb.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Rebuilds what a lost ledger knew. */
@Command(
        name = "recover",
        description = {
            "After the database was lost: reads every network interface of the inventory, and writes",
            "the members that Ebb took out, as its tags say, into the ledger. Changes nothing on Azure;",
            "the orchestrator, started again, puts them back. Refuses while an orchestrator runs.",
            "Exit status 1: there is something that a person must look at. 2: nothing was done."
        },
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @Option(
            names = "--from-azure",
            description = "required: from the tags of Azure's network interfaces")
    private boolean fromAzure;

    @Unmatched private List<String> settings = new ArrayList<>();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!fromAzure) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "recover from what? The one source is the tags of Azure's network interfaces:"
                            + " recover --from-azure");
        }
        return Runtimes.recover(settings);
    }
}
