package io.ebb.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Prints the table of what Ebb would look after. */
@Command(
        name = "check",
        description = {
            "Reads Azure and prints a table of VMs, pools, budgets and of what hinders.",
            "Changes nothing. Exit status 1: something hinders every VM of a pool."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Unmatched private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        return Runtimes.check(settings);
    }
}
