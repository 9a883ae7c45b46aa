package io.ebb.demo;

import io.ebb.demo.fleet.Children;
import io.ebb.demo.fleet.FleetException;
import io.ebb.demo.fleet.House;
import io.ebb.demo.fleet.Site;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The demo's command line. Exit status 0: the Ebb run was as promised; 1: it was not; 2: the demo
 * could not run, or was called wrongly.
 */
@Command(
        name = "demo.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Three simulated VMs behind a load balancer under steady load: web-1 gets a maintenance"
                    + " event, first without Ebb, then with it.",
            "Ends by itself within 240 s with everything it started stopped."
        })
public final class Main implements Callable<Integer> {
    /** The kinds of event that the demo can show. */
    enum Kind {
        Freeze,
        Reboot,
        Redeploy
    }

    /** What becomes of established flows when the load balancer loses a member. */
    enum Flow {
        keep,
        reset
    }

    private final long startedAt = System.nanoTime();

    @Option(names = "--event", description = "Freeze, Reboot (default) or Redeploy")
    private Kind event = Kind.Reboot;

    @Option(
            names = "--flows",
            description = "on removal: keep or reset (default) established flows")
    private Flow flows = Flow.reset;

    @Option(names = "--no-kill", description = "do not kill -9 the orchestrator half-way")
    private boolean noKill;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result to a file, too")
    private @Nullable Path json;

    @Option(
            names = "--stay",
            description = "keep the fleet running under light load until interrupted")
    private boolean stay;

    @Option(names = "--no-runs", description = "with --stay: only the fleet, without the two runs")
    private boolean noRuns;

    @Option(names = "--logs", paramLabel = "FOLDER", description = "default: deploy/.demo")
    private @Nullable Path logs;

    @Option(names = "--port-shift", paramLabel = "N", description = "added to every port")
    private int portShift;

    private Main() {}

    /** Runs the demo and exits with its status. */
    public static void main(String[] args) {
        var line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() {
        var children = new Children();
        var interrupted = new AtomicBoolean();
        Runnable stop =
                () -> {
                    interrupted.set(true);
                    children.close();
                };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        try (children) {
            if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
                throw new FleetException(
                        "the demo needs Linux: its clients and VMs use addresses such as 127.0.2.1,"
                                + " which other systems do not have without configuration");
            }
            if (noRuns && !stay) {
                throw new FleetException("--no-runs goes with --stay only");
            }
            var house = House.here();
            var site = new Site(portShift);
            site.checkFree();
            var asked = new Demo.Asked(event.name(), flows == Flow.keep, !noKill, stay, noRuns);
            var writes = logs == null ? house : house.writingTo(logs.toAbsolutePath());
            return new Demo(writes, site, children, asked, json, startedAt).run();
        } catch (FleetException | UncheckedIOException e) {
            // What fails because everything is being stopped is no news.
            if (!interrupted.get()) {
                System.err.println("demo: " + e.getMessage());
            }
            return 2;
        }
    }
}
