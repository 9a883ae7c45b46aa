package io.ebb.orchestrator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a run of a command printed, and its exit status. */
record Run(int status, String out, String err) {
    static Run of(Object command, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var status =
                new CommandLine(command)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(args);
        return new Run(status, out.toString(), err.toString());
    }
}
