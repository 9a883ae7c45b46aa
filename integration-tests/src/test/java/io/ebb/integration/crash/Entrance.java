package io.ebb.integration.crash;

import io.ebb.demo.fleet.FleetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address for all replicas, as a service in front of them would be: each connection goes to the
 * next one that accepts it. A replica that is stopped accepts and says nothing.
 */
final class Entrance implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket door;
    private final List<Integer> replicas;
    private final AtomicInteger turn = new AtomicInteger();

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
            carry(guest, replica);
        } catch (IOException e) {
            // Nobody is at home: the guest sees its connection end.
        }
    }

    private Socket open() throws IOException {
        IOException refused = new IOException("no replica");
        for (int tries = 0; tries < replicas.size(); tries++) {
            var port = replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
            try {
                return new Socket(LOOPBACK, port);
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused;
    }

    /** What ends on one side ends on both. */
    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The process at one end is gone, or the other direction has ended.
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
