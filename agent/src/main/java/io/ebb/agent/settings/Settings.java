package io.ebb.agent.settings;

import io.ebb.agent.connections.Cidr;
import io.ebb.agent.health.HealthTarget;
import io.ebb.agent.hook.HookAction;
import io.ebb.agent.probe.ProbeAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The agent's settings, complete and free of contradictions. {@code --help} explains each. */
public record Settings(
        Join join,
        URI metadata,
        Duration poll,
        Duration report,
        Duration firstAnswer,
        List<InetAddress> watchAddresses,
        List<Cidr> ignoreSources,
        List<Integer> excludePorts,
        Duration countEvery,
        HealthTarget health,
        Duration healthEvery,
        Optional<ProbeAddress> probe,
        Duration probeLapse,
        Optional<Duration> aloneBefore,
        Optional<HookAction> drainHook,
        Optional<HookAction> undrainHook,
        Duration hookTimeout,
        Path bootIdFile) {

    /**
     * Takes each setting from the flags, else the environment, else the file, else its default.
     *
     * @throws SettingsException naming the setting that is wrong, or the two that contradict
     */
    public static Settings read(List<String> flags, Map<String, String> environment)
            throws SettingsException {
        Sources from = Sources.of(flags, environment);
        var settings =
                new Settings(
                        Reading.join(from.get(Option.JOIN)),
                        Reading.url(from.get(Option.METADATA), "http"),
                        Reading.time(from.get(Option.POLL)),
                        Reading.time(from.get(Option.REPORT)),
                        Reading.time(from.get(Option.FIRST_ANSWER)),
                        Reading.addresses(from.get(Option.WATCH_ADDRESSES)),
                        Reading.ranges(from.get(Option.IGNORE_SOURCES)),
                        Reading.ports(from.get(Option.EXCLUDE_PORTS)),
                        Reading.time(from.get(Option.COUNT_EVERY)),
                        Reading.health(from.get(Option.HEALTH)),
                        Reading.time(from.get(Option.HEALTH_EVERY)),
                        Reading.probe(from.get(Option.PROBE)),
                        Reading.time(from.get(Option.PROBE_LAPSE)),
                        Reading.timeOrOff(from.get(Option.ALONE_BEFORE)),
                        Reading.hook(from.get(Option.DRAIN_HOOK)),
                        Reading.hook(from.get(Option.UNDRAIN_HOOK)),
                        Reading.time(from.get(Option.HOOK_TIMEOUT)),
                        path(from.get(Option.BOOT_ID_FILE)));
        settings.check(from);
        return settings;
    }

    /** What {@code --help} prints. */
    public static String help() {
        return Arrays.stream(Option.values())
                .map(Option::help)
                .collect(
                        Collectors.joining(
                                "\n",
                                """
                                ebb-agent: reports this VM's scheduled events, connections and \
                                health to Ebb's orchestrator.
                                A flag wins over the environment, and that over the file.
                                """,
                                "\n  --help\n  --version"));
    }

    private static Path path(Sources.Given given) throws SettingsException {
        try {
            return Path.of(given.text());
        } catch (InvalidPathException e) {
            throw Reading.wrong(given, "the path of a file");
        }
    }

    private void check(Sources from) throws SettingsException {
        notLonger(from, Option.POLL, poll, Option.REPORT, report);
        notLonger(from, Option.COUNT_EVERY, countEvery, Option.REPORT, report);
        notLonger(from, Option.HEALTH_EVERY, healthEvery, Option.REPORT, report);
        notLonger(from, Option.REPORT, report, Option.PROBE_LAPSE, probeLapse);
        Optional<Integer> own = probe.map(ProbeAddress::port);
        if (health instanceof HealthTarget.Port(int port)
                && own.filter(p -> p == port).isPresent()) {
            throw contradiction(
                    from, Option.HEALTH, Option.PROBE, "checks the port that the agent serves in");
        }
    }

    private static void notLonger(
            Sources from, Option one, Duration shorter, Option other, Duration longer)
            throws SettingsException {
        if (shorter.compareTo(longer) > 0) {
            throw contradiction(from, one, other, "is longer than");
        }
    }

    private static SettingsException contradiction(
            Sources from, Option one, Option other, String how) {
        Sources.Given first = from.get(one);
        Sources.Given second = from.get(other);
        return new SettingsException(
                "%s (%s) %s %s (%s)"
                        .formatted(
                                first.origin(), first.text(), how, second.origin(), second.text()));
    }
}
