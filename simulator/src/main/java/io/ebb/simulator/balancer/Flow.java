package io.ebb.simulator.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection of a client and the one to its backend that goes with it. Each direction is closed
 * on its own, as the peers do it; an error or a reset on one side resets the other.
 */
final class Flow {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int BUFFER = 16 * 1024;

    private final Socket client;
    private final Socket backend = new Socket();
    private final Runnable ended;
    private final AtomicInteger directions = new AtomicInteger(2);
    private boolean over;

    /**
     * A flow that is not connected yet.
     *
     * @param ended told once, when the flow is over
     */
    Flow(Socket client, Runnable ended) {
        this.client = client;
        this.ended = ended;
    }

    /** Connects and moves bytes until both directions are done; blocks. */
    void run(InetSocketAddress target) {
        try {
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
            keepSource(client.getInetAddress());
            backend.connect(target, (int) CONNECT.toMillis());
        } catch (IOException e) {
            // Nobody listens there: what the client sees of it is a reset.
            reset();
            return;
        }
        Thread.ofVirtual().name("flow-up").start(() -> copy(client, backend));
        copy(backend, client);
    }

    /** Breaks both connections off, so that both peers see a reset; the second time is nothing. */
    void reset() {
        abort(client);
        abort(backend);
        finish();
    }

    /**
     * A real load balancer leaves the client's address alone. Among loopback addresses the same can
     * be had by binding it; elsewhere the backend sees the simulator.
     */
    private void keepSource(InetAddress source) throws IOException {
        if (source.isLoopbackAddress()) {
            backend.bind(new InetSocketAddress(source, 0));
        }
    }

    private void copy(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset();
            return;
        }
        if (directions.decrementAndGet() == 0) {
            close();
        }
    }

    private void close() {
        try (client;
                backend) {
            finish();
        } catch (IOException e) {
            finish();
        }
    }

    private void finish() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        ended.run();
    }

    private static void abort(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already, which is all that was wanted.
            return;
        }
    }
}
