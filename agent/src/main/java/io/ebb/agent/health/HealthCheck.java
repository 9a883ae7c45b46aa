package io.ebb.agent.health;

import io.ebb.agent.Log;
import io.ebb.agent.connections.Listening;
import io.ebb.agent.http.LocalCalls;
import io.ebb.protocol.Report.Health;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the application and keeps the streak. Until something was checked the streak is zero, and
 * healthy is false: nobody may take an unchecked application for a healthy one.
 */
public final class HealthCheck {
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final HealthTarget target;
    private final Listening listening;
    private final List<InetAddress> addresses;
    private final LocalCalls calls;
    private final Runnable changed;

    private @Nullable List<Integer> watched;
    private Health health = new Health(false, 0, "not checked yet");

    /**
     * A check that was not made yet.
     *
     * @param listening the ports that are meant where every port is watched
     * @param addresses where the ports are; when empty, the first local address that accepts
     * @param changed told when the health changed
     */
    public HealthCheck(
            HealthTarget target,
            Listening listening,
            List<InetAddress> addresses,
            LocalCalls calls,
            Runnable changed) {
        this.target = target;
        this.listening = listening;
        this.addresses = List.copyOf(addresses);
        this.calls = calls;
        this.changed = changed;
    }

    /** The ports that are watched now. What was found on others is no streak on these. */
    public synchronized void watch(List<Integer> ports) {
        if (target instanceof HealthTarget.WatchedPorts && !ports.equals(watched)) {
            health = new Health(false, 0, "not checked yet");
        }
        watched = ports;
    }

    /** The last result. */
    public synchronized Health health() {
        return health;
    }

    /** Whether nothing could be checked so far, because no port was named. */
    public synchronized boolean unchecked() {
        return health.streak() == 0;
    }

    /** Checks once. */
    public void check() {
        List<Integer> ports = ports();
        if (ports == null) {
            return;
        }
        String detail;
        boolean healthy;
        try {
            detail = attempt(ports);
            healthy = true;
        } catch (IOException e) {
            detail = String.valueOf(e.getMessage());
            healthy = false;
        }
        if (take(ports, healthy, detail)) {
            changed.run();
        }
    }

    private synchronized @Nullable List<Integer> ports() {
        return watched == null && !(target instanceof HealthTarget.WatchedPorts)
                ? List.of()
                : watched;
    }

    private synchronized boolean take(List<Integer> ports, boolean healthy, String detail) {
        if (!ports.equals(ports())) {
            // Other ports are watched since: this result is about those that were.
            return false;
        }
        boolean news = health.streak() == 0 || health.healthy() != healthy;
        health = new Health(healthy, news ? 1 : health.streak() + 1, detail);
        if (news) {
            if (healthy) {
                Log.info("the application is healthy: " + detail);
            } else {
                Log.warn("the application is not healthy: " + detail);
            }
        }
        return news;
    }

    private String attempt(List<Integer> ports) throws IOException {
        return switch (target) {
            case HealthTarget.WatchedPorts() -> {
                Collection<Integer> meant = meant(ports);
                for (int port : meant) {
                    connect(port);
                }
                yield meant.isEmpty() ? "no port is watched" : "connected to " + meant;
            }
            case HealthTarget.Port(int port) -> {
                connect(port);
                yield "connected to " + port;
            }
            case HealthTarget.Url(URI uri) -> {
                int status = status(uri);
                if (status / 100 != 2) {
                    throw new IOException(uri + " answered " + status);
                }
                yield uri + " answered " + status;
            }
        };
    }

    /** An application that listens nowhere is not up, whichever ports it would listen on. */
    private Collection<Integer> meant(List<Integer> ports) throws IOException {
        if (!ports.contains(Wish.EVERY_PORT)) {
            return ports;
        }
        SortedSet<Integer> meant = listening.ports();
        if (meant.isEmpty()) {
            throw new IOException("every port is watched, and this VM listens on none");
        }
        meant.addAll(ports);
        meant.remove(Wish.EVERY_PORT);
        return meant;
    }

    private int status(URI uri) throws IOException {
        try {
            return calls.request("GET", uri, WAIT);
        } catch (IOException e) {
            throw new IOException(uri + ": " + e.getMessage(), e);
        }
    }

    private void connect(int port) throws IOException {
        List<InetAddress> tries = addresses;
        if (tries.isEmpty()) {
            tries = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        }
        try {
            connect(tries, port);
        } catch (IOException e) {
            if (!addresses.isEmpty()) {
                throw e;
            }
            connect(otherLocalAddresses(), port);
        }
    }

    private void connect(List<InetAddress> tries, int port) throws IOException {
        IOException last = new IOException("this VM has no address");
        for (InetAddress address : tries) {
            try {
                calls.connect(new InetSocketAddress(address, port), WAIT);
                return;
            } catch (IOException e) {
                last = new IOException("port " + port + ": " + e.getMessage(), e);
            }
        }
        throw last;
    }

    /** An application may listen on the VM's own address only. */
    private static List<InetAddress> otherLocalAddresses() throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp() && !each.isLoopback()) {
                found.addAll(Collections.list(each.getInetAddresses()));
            }
        }
        return found;
    }
}
