package io.ebb.demo;

import io.ebb.demo.fleet.Await;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.report.Run;
import io.ebb.demo.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The same maintenance with Ebb, made harder: while web-1 drains, web-2 gets an event too, and the
 * orchestrator is killed and started again.
 */
final class EbbRun {
    private static final String OTHER = "web-2";
    private static final Duration NOTICE = Duration.ofMinutes(3);
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Duration SECOND_EVENT = Duration.ofSeconds(8);
    private static final Duration SEEN_WAITING = Duration.ofSeconds(5);
    private static final Duration AFTER = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Site site;
    private final long latest;
    private boolean killed;

    /**
     * A run on a fleet that is up.
     *
     * @param latest when the load ends at the latest, a value of {@link System#nanoTime}
     */
    EbbRun(Fleet fleet, Site site, long latest) {
        this.fleet = fleet;
        this.site = site;
        this.latest = latest;
    }

    /** Whether the orchestrator was killed before the first event was approved. */
    boolean killed() {
        return killed;
    }

    Run run(String type, boolean kill) {
        var from = Instant.now();
        var narrator = new Narrator(from);
        var simulator = fleet.simulator();
        try (var load = OpenLoop.start(site.frontend(), Mix.full());
                var cloud = new CloudWatch(simulator, narrator);
                var _ = new LoadWatch(load, narrator);
                var ebb = new EbbWatch(fleet.orchestrator().api(), narrator)) {
            Await.until(ControlRun.WARM_UP, () -> false);
            var first = cloud.announce(type, Verdict.VICTIM, NOTICE, ControlRun.IMPACT);
            Await.until(NOTICED, () -> ebb.state(Verdict.VICTIM).equals("Draining"));
            Await.until(SECOND_EVENT, () -> approved(cloud, first));
            var second = cloud.announce(type, OTHER, NOTICE, ControlRun.IMPACT);
            Await.until(SEEN_WAITING, () -> ebb.state(OTHER).equals("Waiting"));
            if (kill) {
                kill(cloud, first, narrator);
            }
            for (var event : List.of(first, second)) {
                Await.until(left(), () -> cloud.over(event));
            }
            Await.until(least(AFTER, left()), () -> false);
            var result = load.stop();
            cloud.look();
            return new Run(
                    from, Instant.now(), result, cloud.record(), simulator.events(), cloud.flows());
        }
    }

    private void kill(CloudWatch cloud, String event, Narrator narrator) {
        boolean early = !approved(cloud, event);
        narrator.say("demo", "", "kill -9 of the orchestrator, which is started again at once");
        fleet.orchestrator().killAndStart();
        killed = early && !approved(cloud, event);
        fleet.orchestrator().awaitReady();
        narrator.say("demo", "", "the orchestrator serves again");
    }

    private static boolean approved(CloudWatch cloud, String event) {
        return cloud.event(event).filter(one -> one.approvedAt().isPresent()).isPresent();
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, latest - System.nanoTime()));
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
