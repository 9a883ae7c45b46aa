package io.ebb.agent;

import io.ebb.agent.settings.Settings;
import io.ebb.agent.settings.SettingsException;
import java.io.IOException;
import java.util.List;

/** Entry point. */
public final class Main {
    private static volatile boolean failed;

    private Main() {}

    /**
     * Starts the agent and runs until the process is told to end, which it does with status 0.
     * Wrong settings end it with status 2, a port that is taken with status 1.
     */
    public static void main(String[] args) throws InterruptedException {
        List<String> arguments = List.of(args);
        if (arguments.contains("--help")) {
            System.out.println(Settings.help());
        } else if (arguments.contains("--version")) {
            System.out.println(version());
        } else {
            try {
                Runtime.getRuntime().halt(run(arguments));
            } finally {
                failed = true;
            }
        }
    }

    private static int run(List<String> arguments) throws InterruptedException {
        try {
            var agent = new Agent(Settings.read(arguments, System.getenv()), version());
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Main::stop));
            agent.run();
            return 0;
        } catch (SettingsException | IOException e) {
            Log.warn("not starting: " + e.getMessage());
            return e instanceof SettingsException ? 2 : 1;
        }
    }

    /** Nothing is left to save: ending at once is ending cleanly, unless it was not asked for. */
    private static void stop() {
        Log.info("stopping");
        Runtime.getRuntime().halt(failed ? 1 : 0);
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
