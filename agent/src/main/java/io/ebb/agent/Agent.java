package io.ebb.agent;

import io.ebb.agent.connections.Connections;
import io.ebb.agent.connections.Listening;
import io.ebb.agent.health.HealthCheck;
import io.ebb.agent.hook.Hooks;
import io.ebb.agent.http.Http;
import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.http.Pin;
import io.ebb.agent.metadata.Imds;
import io.ebb.agent.metadata.Watch;
import io.ebb.agent.order.Orders;
import io.ebb.agent.probe.Foresight;
import io.ebb.agent.probe.ProbeServer;
import io.ebb.agent.probe.Verdict;
import io.ebb.agent.report.Bell;
import io.ebb.agent.report.Orchestrator;
import io.ebb.agent.report.Pace;
import io.ebb.agent.report.Reporter;
import io.ebb.agent.settings.Settings;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The agent's parts, put together. */
final class Agent {
    private static final Path TABLES = Path.of("/proc/self/net");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Settings settings;
    private final String version;
    private final InstantSource clock = InstantSource.system();
    private final InstantSource steady;
    private final String run = UUID.randomUUID().toString();
    private final String boot;
    private final Bell bell = new Bell();
    private final Imds imds;
    private final Watch watch;
    private final Connections connections;
    private final HealthCheck health;
    private final Foresight foresight;
    private final Verdict verdict;
    private final Hooks hooks;
    private final Orders orders;

    Agent(Settings settings, String version) {
        this.settings = settings;
        this.version = version;
        // The wall clock jumps when a frozen VM goes on; spans must not.
        long zero = System.nanoTime();
        steady = () -> Instant.EPOCH.plusNanos(System.nanoTime() - zero);
        boot = boot(settings.bootIdFile(), run);
        var calls = new LocalCalls(steady);
        imds = new Imds(settings.metadata());
        watch = new Watch(imds, steady, settings.poll(), settings.firstAnswer(), bell::ring);
        var listening = new Listening(TABLES, settings.watchAddresses(), leftOut(settings));
        connections =
                new Connections(
                        settings.countEvery(),
                        TABLES,
                        listening,
                        settings.watchAddresses(),
                        settings.ignoreSources(),
                        calls,
                        steady);
        health =
                new HealthCheck(
                        settings.health(), listening, settings.watchAddresses(), calls, bell::ring);
        foresight =
                new Foresight(
                        () -> watch.events(settings.probeLapse()), clock, settings.aloneBefore());
        verdict = new Verdict(health, foresight, settings.probeLapse(), steady, bell::ring);
        hooks =
                new Hooks(
                        settings.drainHook(),
                        settings.undrainHook(),
                        calls,
                        settings.hookTimeout(),
                        bell::ring);
        orders = new Orders(imds, watch, steady, bell::ring);
    }

    /**
     * Runs until interrupted.
     *
     * @throws IOException when the probe's port cannot be had
     */
    void run() throws IOException, InterruptedException {
        Optional<ProbeServer> probe = Optional.empty();
        if (settings.probe().isPresent()) {
            probe = Optional.of(ProbeServer.start(settings.probe().get(), verdict));
        }
        Loop.start("metadata", watch::read);
        Loop.start("connections", this::sample);
        Loop.start("health", this::check);
        Loop.start("hooks", this::followHooks);
        Loop.start("orders", this::followOrders);
        Report.Vm vm = whoAmI();
        foresight.of(vm.name());
        Log.info("this is " + vm.name() + " (" + vm.vmId() + "), boot " + boot);
        var reporter =
                new Reporter(
                        new Orchestrator(
                                Http.pinned(new Pin(settings.join().sha256())),
                                settings.join().orchestrators(),
                                settings.join().token()),
                        bell,
                        new Pace(settings.report()),
                        watch::open,
                        steady,
                        RandomGenerator.of("L64X128MixRandom"));
        Optional<ProbeServer> endpoint = probe;
        reporter.run(sequence -> report(vm, endpoint, sequence), this::heard);
    }

    private Duration sample() {
        connections.sample();
        verdict.against();
        return settings.countEvery();
    }

    private Duration check() {
        health.check();
        verdict.against();
        return settings.healthEvery();
    }

    private Duration followHooks() throws InterruptedException {
        hooks.follow();
        return Duration.ZERO;
    }

    private Duration followOrders() throws InterruptedException {
        orders.follow();
        return Duration.ZERO;
    }

    private Report report(Report.Vm vm, Optional<ProbeServer> probe, long sequence) {
        Connections.View view = connections.view();
        return new Report(
                version,
                vm,
                boot,
                run,
                sequence,
                clock.instant(),
                watch.document(),
                watch.missing(),
                view.ports(),
                view.quiet(),
                view.calm(),
                health.health(),
                probe.map(ProbeServer::report),
                hooks.state(),
                orders.results());
    }

    private void heard(Wish wish, Report report, Instant sent) {
        connections.watch(wish.watch());
        connections.ignore(wish.ignoreSources());
        connections.ask(wish.remaining());
        health.watch(wish.watch());
        verdict.wish(wish.passProbe(), wish.alone());
        hooks.wish(wish.hook());
        orders.wish(wish.approve(), sent, report.results());
    }

    /** No client's flow ends at the probe's endpoint. */
    private static List<Integer> leftOut(Settings settings) {
        List<Integer> ports = new ArrayList<>(settings.excludePorts());
        settings.probe().ifPresent(probe -> ports.add(probe.port()));
        return ports;
    }

    /** Without knowing which VM this is there is nothing to report; the rest works meanwhile. */
    private Report.Vm whoAmI() throws InterruptedException {
        Duration pause = Duration.ofSeconds(1);
        boolean complained = false;
        while (true) {
            try {
                return imds.compute();
            } catch (IOException e) {
                if (!complained) {
                    Log.warn("asking the metadata service who this is: " + e.getMessage());
                    complained = true;
                }
                Thread.sleep(pause);
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                                ? pause.multipliedBy(2)
                                : LONGEST_PAUSE;
            }
        }
    }

    /** Where no boot id can be had, each start counts as a boot: that only asks for more care. */
    private static String boot(Path file, String otherwise) {
        try {
            String text = Files.readString(file).strip();
            if (!text.isEmpty()) {
                return text;
            }
            Log.warn("reading the boot id: " + file + " is empty");
        } catch (IOException e) {
            Log.warn("reading the boot id: " + e);
        }
        return otherwise;
    }
}
