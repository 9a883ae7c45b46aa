package io.ebb.agent.connections;

import io.ebb.agent.Log;
import io.ebb.agent.http.LocalCalls;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections on the watched ports and knows for how long there has been none, or at most as
 * many as were asked for. Such a streak is only what was looked at: a failed or a missed sample, a
 * port that is newly watched, or a source that is no longer ignored, starts it again. Where every
 * port is watched, one on which the VM begins to listen does not: it had no connections before.
 */
public final class Connections {
    /** A gap between two samples of more than so many periods may have hidden connections. */
    private static final int MISSED = 3;

    /** A connection that the application has not closed for so long, it has forgotten. */
    private static final Duration LEAK = Duration.ofSeconds(60);

    /** What the samples have found. */
    public record View(List<Report.Port> ports, Optional<Duration> quiet, List<Report.Calm> calm) {}

    private final KernelTables tables;
    private final EveryPort everyPort;
    private final List<InetAddress> localAddresses;
    private final Ignored ignored;
    private final LocalCalls calls;
    private final InstantSource steady;
    private final Streaks streaks;

    private List<Integer> watched = List.of();
    private List<Report.Port> ports = List.of();
    private Map<String, Instant> closeWaits = new HashMap<>();
    private boolean complained;

    /**
     * Nothing is watched yet.
     *
     * @param period from one sample to the next
     * @param folder usually {@code /proc/self/net}
     * @param listening the ports that are meant where every port is watched
     * @param localAddresses count connections to these only; to all when empty
     * @param ignored remote addresses that are not counted, whatever else is ignored
     * @param calls the agent's own calls, which are not counted
     * @param steady a clock that never jumps
     */
    public Connections(
            Duration period,
            Path folder,
            Listening listening,
            List<InetAddress> localAddresses,
            List<Cidr> ignored,
            LocalCalls calls,
            InstantSource steady) {
        streaks = new Streaks(period.multipliedBy(MISSED));
        tables = new KernelTables(folder);
        everyPort = new EveryPort(listening);
        this.localAddresses = List.copyOf(localAddresses);
        this.ignored = new Ignored(ignored);
        this.calls = calls;
        this.steady = steady;
    }

    /** Watches these ports from the next sample on. */
    public synchronized void watch(List<Integer> newPorts) {
        if (!watched.containsAll(newPorts)) {
            streaks.end();
        }
        watched = newPorts.stream().distinct().sorted().toList();
        if (!watched.contains(Wish.EVERY_PORT)) {
            everyPort.forget();
        }
    }

    /**
     * Leaves out connections from these ranges too, from the next sample on; a text that is no
     * range is logged and leaves out nothing.
     */
    public synchronized void ignore(List<String> ranges) {
        if (ignored.wish(ranges)) {
            streaks.end();
        }
    }

    /** Knows from the next sample on for how long there have been at most so many connections. */
    public synchronized void ask(List<Integer> remaining) {
        streaks.ask(remaining);
    }

    /** What the last sample found on each port, and how long until then few or none were found. */
    public synchronized View view() {
        return new View(ports, streaks.quiet(), streaks.calm());
    }

    /** Counts once. */
    public synchronized void sample() {
        Map<Integer, Count> counts = new TreeMap<>();
        watched.forEach(port -> counts.put(port, new Count(port)));
        Instant now = steady.instant();
        try {
            Map<String, Instant> waits = new HashMap<>();
            if (!counts.isEmpty()) {
                read(counts, waits, now);
            }
            closeWaits = waits;
            ports = counts.values().stream().map(Count::port).toList();
            complained = false;
            follow(now);
        } catch (IOException e) {
            ports = List.of();
            streaks.end();
            if (!complained) {
                Log.warn("counting connections: " + e);
                complained = true;
            }
        }
    }

    private void read(Map<Integer, Count> counts, Map<String, Instant> waits, Instant now)
            throws IOException {
        boolean every = counts.containsKey(Wish.EVERY_PORT);
        if (every) {
            everyPort.look();
        }
        tables.read((port, _) -> count(port, counts) != null, row -> take(row, counts, waits, now));
        everyPort.sampled();
        if (every && everyPort.isBlind()) {
            counts.remove(Wish.EVERY_PORT);
        }
    }

    /** A port that is watched by itself is not counted a second time with all the others. */
    private @Nullable Count count(int port, Map<Integer, Count> counts) {
        Count named = counts.get(port);
        return named == null && everyPort.covers(port) ? counts.get(Wish.EVERY_PORT) : named;
    }

    private void follow(Instant now) {
        if (ports.isEmpty()) {
            streaks.end();
        } else {
            streaks.counted(ports.stream().mapToInt(Report.Port::connections).sum(), now);
        }
    }

    private void take(
            Row row, Map<Integer, Count> counts, Map<String, Instant> waits, Instant now) {
        Count count = count(row.localPort(), counts);
        if (count == null || !row.counts() || isIgnored(row)) {
            return;
        }
        everyPort.found(row.localPort());
        if (row.state() == Row.CLOSE_WAIT) {
            Instant since = closeWaits.getOrDefault(row.identity(), now);
            waits.put(row.identity(), since);
            if (!since.plus(LEAK).isAfter(now)) {
                count.addLeaking();
                return;
            }
        }
        count.add(row);
    }

    private boolean isIgnored(Row row) {
        boolean elsewhere = !localAddresses.isEmpty() && !localAddresses.contains(row.local());
        return elsewhere || ignored.contains(row.remote()) || isOwnCall(row);
    }

    /** A call's other end is on this VM too: on the same address, or on loopback. */
    private boolean isOwnCall(Row row) {
        return calls.owns(row.remotePort())
                && (row.remote().equals(row.local()) || row.remote().isLoopbackAddress());
    }
}
