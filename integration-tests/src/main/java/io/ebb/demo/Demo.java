package io.ebb.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebb.demo.fleet.Children;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.FleetException;
import io.ebb.demo.fleet.House;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.report.Run;
import io.ebb.demo.report.Table;
import io.ebb.demo.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The two runs, what they print, and what is left running after them. */
final class Demo {
    /** When the load of the Ebb run ends at the latest, counted from the start of the demo. */
    private static final Duration LATEST = Duration.ofSeconds(220);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the command line asks for. */
    record Asked(String type, boolean keepFlows, boolean kill, boolean stay, boolean noRuns) {}

    private final House house;
    private final Site site;
    private final Children children;
    private final Asked asked;
    private final @Nullable Path json;
    private final long latest;

    Demo(
            House house,
            Site site,
            Children children,
            Asked asked,
            @Nullable Path json,
            long startedAt) {
        this.house = house;
        this.site = site;
        this.children = children;
        this.asked = asked;
        this.json = json;
        this.latest = startedAt + LATEST.toNanos();
    }

    /** Runs all of it and gives the exit status. */
    int run() {
        if (asked.noRuns()) {
            stay(Fleet.start(house, children, site, asked.keepFlows(), Pace.REAL));
            return 0;
        }
        System.out.printf(
                "%d requests/s from 24 addresses to three VMs behind one load balancer; logs in %s%n",
                Math.round(Mix.rate(Mix.full())), house.scratch());
        System.out.println(
                "Shorter than in Azure: the event leaves the document 5 s after its impact (5 to 10"
                        + " minutes there);\nshorter than Ebb's defaults: quiet for 3 s (10 s). ARM"
                        + " takes its real time. Without Ebb the load\nbalancer's probe asks the"
                        + " application, with Ebb the agent, which asks the application.");
        System.out.printf("%n== %s of web-1 without Ebb%n", asked.type());
        var control = new ControlRun(house, children, site).run(asked.type(), asked.keepFlows());
        tell("control", control);

        System.out.printf("%n== The same with Ebb: starting orchestrator and agents%n");
        var fleet = Fleet.start(house, children, site, asked.keepFlows(), Pace.REAL);
        var run = new EbbRun(fleet, site, latest);
        var ebb = run.run(asked.type(), asked.kill());
        tell("ebb", ebb);

        var freeze = asked.type().equals("Freeze");
        var verdict =
                Verdict.of(control, ebb, run.killed(), new Verdict.Asked(freeze, asked.kill(), 2));
        if (!asked.stay()) {
            fleet.stop();
        }
        print(verdict);
        if (asked.stay()) {
            stay(fleet);
        }
        return verdict.exitStatus();
    }

    private void tell(String name, Run run) {
        int failed = run.load().failed();
        System.out.printf(
                "%d requests, %d failed%s; answered by %s%n",
                run.load().requests(),
                failed,
                failed == 0 ? "" : " (" + Table.failures(run.load()) + ")",
                run.load().servedBy());
        var file = house.scratch().resolve("failures-" + name + ".txt");
        try {
            Files.write(
                    file,
                    run.load().failures().stream()
                            .map(one ->
                                    String.join(
                                            " ",
                                            one.due().toString(),
                                            one.source(),
                                            one.style().toString(),
                                            String.valueOf(one.failure()),
                                            one.took().toMillis() + "ms",
                                            one.detail()))
                            .toList());
        } catch (IOException e) {
            throw new FleetException("writing " + file + ": " + e.getMessage(), e);
        }
    }

    private void print(Verdict verdict) {
        System.out.println();
        Table.of(verdict).forEach(System.out::println);
        System.out.println();
        verdict.complaints()
                .forEach(complaint -> System.out.println("NOT AS PROMISED: " + complaint));
        var facts = write(verdict.facts());
        if (json != null) {
            try {
                Files.writeString(json, facts + "\n");
            } catch (IOException e) {
                throw new FleetException("writing " + json + ": " + e.getMessage(), e);
            }
        }
        System.out.println("EBB_DEMO " + facts);
    }

    /** Light load until the process is interrupted; the shutdown hook then stops everything. */
    private void stay(Fleet fleet) {
        var ready = new LinkedHashMap<String, String>();
        ready.put("api", fleet.orchestrator().url());
        ready.put("token", fleet.orchestrator().token());
        ready.put("simulator", fleet.simulator().url());
        try (var load = OpenLoop.start(site.frontend(), Mix.light())) {
            System.out.println("EBB_READY " + write(ready));
            System.out.flush();
            while (!children.closed() && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                // Taken away so that hours of load need no more memory than seconds.
                load.take();
            }
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
