package io.ebb.integration.crash;

import io.ebb.demo.fleet.FleetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address for all replicas, as a service in front of them would be: each connection goes to the
 * next one that accepts it. A replica that is stopped accepts and says nothing: one that a guest
 * has just left without having been shown out is tried last.
 */
final class Entrance implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final Duration LATELY = Duration.ofSeconds(10);

    private final ServerSocket door;
    private final List<Integer> replicas;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<Integer, Instant> left = new ConcurrentHashMap<>();

    private Entrance(ServerSocket door, List<Integer> replicas) {
        this.door = door;
        this.replicas = replicas;
    }

    /** Opens it before what listens on these ports. */
    static Entrance to(List<Integer> ports) {
        try {
            var entrance = new Entrance(new ServerSocket(0, 50, LOOPBACK), List.copyOf(ports));
            Thread.ofVirtual().start(entrance::serve);
            return entrance;
        } catch (IOException e) {
            throw new FleetException("opening an entrance: " + e.getMessage(), e);
        }
    }

    /** Where agents and operators come in. */
    String url() {
        return "https://127.0.0.1:" + door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var guest = door.accept();
                Thread.ofVirtual().start(() -> lead(guest));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void lead(Socket guest) {
        try (guest;
                var replica = open()) {
            Thread.ofVirtual().start(() -> carry(replica, guest));
            if (carry(guest, replica)) {
                left.put(replica.getPort(), Instant.now());
            }
        } catch (IOException e) {
            // Nobody is at home: the guest sees its connection end.
        }
    }

    private Socket open() throws IOException {
        var inTurn = new ArrayList<>(replicas);
        Collections.rotate(inTurn, turn.getAndIncrement());
        var lately = Instant.now().minus(LATELY);
        inTurn.sort(
                Comparator.comparing(port -> left.getOrDefault(port, Instant.MIN).isAfter(lately)));
        IOException refused = new IOException("no replica");
        for (int port : inTurn) {
            try {
                return new Socket(LOOPBACK, port);
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused;
    }

    /**
     * What ends on one side ends on both.
     *
     * @return whether this side was the first to end it
     */
    private static boolean carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
            return !to.isClosed();
        } catch (IOException e) {
            return false; // the process at one end is gone, or the other direction has ended
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new FleetException("closing an entrance: " + e.getMessage(), e);
        }
    }
}
