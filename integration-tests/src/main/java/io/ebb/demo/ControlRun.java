package io.ebb.demo;

import io.ebb.demo.fleet.Await;
import io.ebb.demo.fleet.Children;
import io.ebb.demo.fleet.House;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.report.Run;
import io.ebb.demo.report.Verdict;
import java.time.Duration;
import java.time.Instant;

/** What maintenance does to the users of a service that takes no notice of it. */
final class ControlRun {
    static final Duration WARM_UP = Duration.ofSeconds(4);
    static final Duration IMPACT = Duration.ofSeconds(8);
    private static final Duration NOTICE = Duration.ofSeconds(8);
    private static final Duration LONGEST = Duration.ofSeconds(38);
    private static final Duration AFTER = Duration.ofSeconds(3);

    private final House house;
    private final Children children;
    private final Site site;

    ControlRun(House house, Children children, Site site) {
        this.house = house;
        this.children = children;
        this.site = site;
    }

    /** Runs it with a simulator of its own, whose probe asks the application itself. */
    Run run(String type, boolean keepFlows) {
        var simulator =
                Simulator.start(house, children, site, "control", false, keepFlows, Pace.REAL);
        var from = Instant.now();
        var narrator = new Narrator(from);
        try (var load = OpenLoop.start(site.frontend(), Mix.full());
                var watch = new CloudWatch(simulator, narrator);
                var _ = new LoadWatch(load, narrator)) {
            Await.until(WARM_UP, () -> false);
            var event = watch.announce(type, Verdict.VICTIM, NOTICE, IMPACT);
            Await.until(LONGEST.minus(WARM_UP), () -> watch.over(event));
            Await.until(AFTER, () -> false);
            var result = load.stop();
            watch.look();
            return new Run(
                    from, Instant.now(), result, watch.record(), simulator.events(), watch.flows());
        } finally {
            simulator.stop();
        }
    }
}
