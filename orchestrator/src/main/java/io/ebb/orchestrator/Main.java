package io.ebb.orchestrator;

import io.ebb.orchestrator.cli.Enroll;
import io.ebb.orchestrator.cli.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Entry point: which of the commands is meant. */
@Command(
        name = "ebb-orchestrator",
        description = {
            "Takes Azure VMs out of their load balancers before maintenance, and puts them back.",
            "Settings are environment variables (EBB_PORT) or options (--ebb.port=8400)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            Enroll.class,
            Health.class,
            CheckCommand.class,
            RecoverCommand.class
        })
public final class Main implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Unmatched private List<String> settings = new ArrayList<>();

    private Main() {}

    /** Runs the command; without one, serves. */
    public static void main(String[] args) {
        var status = new CommandLine(new Main()).execute(args);
        System.exit(status);
    }

    @Override
    public Integer call() {
        for (var word : settings) {
            if (!word.startsWith("-")) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(), "unknown command: " + word);
            }
        }
        return Runtimes.serve(settings);
    }

    /** The jar's version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "development" : version};
        }
    }
}
