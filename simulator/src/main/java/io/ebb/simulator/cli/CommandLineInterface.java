package io.ebb.simulator.cli;

import picocli.CommandLine;

/** The commands of the jar: run a simulation, or steer the one that runs. */
public final class CommandLineInterface {
    private CommandLineInterface() {}

    /** Runs one command and returns the exit status. */
    public static int run(String... args) {
        return new CommandLine(new RunCommand())
                .addSubcommand(new EventCommand())
                .addSubcommand(new CancelCommand())
                .addSubcommand("events", new ShowCommand("/events"))
                .addSubcommand("vms", new ShowCommand("/vms"))
                .addSubcommand("pools", new ShowCommand("/pools"))
                .addSubcommand("record", new ShowCommand("/record"))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, commandLine, _) -> {
                    commandLine.getErr().println("error: " + e.getMessage());
                    return 1;
                })
                .execute(args);
    }
}
