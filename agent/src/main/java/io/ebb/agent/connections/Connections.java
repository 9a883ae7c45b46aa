package io.ebb.agent.connections;

import io.ebb.agent.Log;
import io.ebb.agent.http.LocalCalls;
import io.ebb.protocol.Report;
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
 * Counts connections on the watched ports and knows for how long there has been none. Quiet is only
 * what was looked at: a failed or a missed sample, or a port that is newly watched, starts it
 * again.
 */
public final class Connections {
    /** From one sample to the next. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    /** A longer gap between two samples may have hidden connections. */
    private static final Duration MISSED = PERIOD.multipliedBy(3);

    /** A connection that the application has not closed for so long, it has forgotten. */
    private static final Duration LEAK = Duration.ofSeconds(60);

    /** What the samples have found. */
    public record View(List<Report.Port> ports, Optional<Duration> quiet) {}

    private final KernelTables tables;
    private final List<InetAddress> localAddresses;
    private final List<Cidr> ignored;
    private final LocalCalls calls;
    private final InstantSource steady;

    private List<Integer> watched = List.of();
    private List<Report.Port> ports = List.of();
    private Map<String, Instant> closeWaits = new HashMap<>();
    private @Nullable Instant lastSample;
    private @Nullable Instant quietSince;
    private boolean complained;

    /**
     * Nothing is watched yet.
     *
     * @param folder usually {@code /proc/self/net}
     * @param localAddresses count connections to these only; to all when empty
     * @param ignored remote addresses that are not counted
     * @param calls the agent's own calls, which are not counted
     * @param steady a clock that never jumps
     */
    public Connections(
            Path folder,
            List<InetAddress> localAddresses,
            List<Cidr> ignored,
            LocalCalls calls,
            InstantSource steady) {
        tables = new KernelTables(folder);
        this.localAddresses = List.copyOf(localAddresses);
        this.ignored = List.copyOf(ignored);
        this.calls = calls;
        this.steady = steady;
    }

    /** Watches these ports from the next sample on. */
    public synchronized void watch(List<Integer> newPorts) {
        if (!watched.containsAll(newPorts)) {
            quietSince = null;
            lastSample = null;
        }
        watched = newPorts.stream().distinct().sorted().toList();
    }

    /** What the last sample found on each port, and how long until then none had a connection. */
    public synchronized View view() {
        return new View(
                ports,
                quietSince == null || lastSample == null
                        ? Optional.empty()
                        : Optional.of(Duration.between(quietSince, lastSample)));
    }

    /** Counts once. */
    public synchronized void sample() {
        Map<Integer, Count> counts = new TreeMap<>();
        watched.forEach(port -> counts.put(port, new Count(port)));
        Instant now = steady.instant();
        try {
            Map<String, Instant> waits = new HashMap<>();
            if (!counts.isEmpty()) {
                tables.read(counts.keySet(), row -> take(row, counts, waits, now));
            }
            closeWaits = waits;
            ports = counts.values().stream().map(Count::port).toList();
            complained = false;
            quiet(now);
        } catch (IOException e) {
            ports = List.of();
            quietSince = null;
            lastSample = null;
            if (!complained) {
                Log.warn("counting connections: " + e);
                complained = true;
            }
        }
    }

    private void quiet(Instant now) {
        boolean gap = lastSample == null || lastSample.plus(MISSED).isBefore(now);
        boolean none = ports.stream().allMatch(port -> port.connections() == 0);
        if (ports.isEmpty() || !none) {
            quietSince = null;
        } else if (quietSince == null || gap) {
            quietSince = now;
        }
        lastSample = now;
    }

    private void take(
            Row row, Map<Integer, Count> counts, Map<String, Instant> waits, Instant now) {
        Count count = counts.get(row.localPort());
        if (count == null || !row.counts() || isIgnored(row)) {
            return;
        }
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
        return elsewhere
                || ignored.stream().anyMatch(range -> range.contains(row.remote()))
                || isOwnCall(row);
    }

    /** A call's other end is on this VM too: on the same address, or on loopback. */
    private boolean isOwnCall(Row row) {
        return calls.owns(row.remotePort())
                && (row.remote().equals(row.local()) || row.remote().isLoopbackAddress());
    }
}
