package io.ebb.agent.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the application on this VM. They end on the ports whose connections are counted, so each
 * call's own port is remembered while it is open and a little longer: the agent must not keep a VM
 * from being quiet by looking at it.
 */
public final class LocalCalls {
    /** How long the application may take to close its side. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private final InstantSource steady;
    private final Map<Integer, Instant> ports = new ConcurrentHashMap<>();

    /** Calls that read the time from a clock that never jumps. */
    public LocalCalls(InstantSource steady) {
        this.steady = steady;
    }

    /** Whether a local connection from this port is a call's. */
    public boolean owns(int port) {
        Instant until = ports.get(port);
        return until != null && !steady.instant().isAfter(until);
    }

    /** Connects and closes. */
    public void connect(InetSocketAddress address, Duration wait) throws IOException {
        try (Socket socket = bound(wait)) {
            connect(socket, address, wait);
        }
    }

    /**
     * Sends a request without a body over a connection of its own.
     *
     * @return the status code
     * @throws IOException when there is no answer in time
     */
    public int request(String method, URI uri, Duration wait) throws IOException {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        try (Socket socket = bound(wait)) {
            connect(socket, new InetSocketAddress(uri.getHost(), port), wait);
            socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String head =
                    method
                            + (" " + path + query + " HTTP/1.1\r\n")
                            + ("Host: " + uri.getRawAuthority() + "\r\n")
                            + (method.equals("GET") ? "" : "Content-Length: 0\r\n")
                            + "User-Agent: ebb-agent\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1);
            return status(new BufferedReader(in, 512).readLine());
        }
    }

    private static int status(@Nullable String line) throws IOException {
        if (line != null && line.startsWith("HTTP/1.") && line.length() >= 12) {
            try {
                return Integer.parseInt(line.substring(9, 12));
            } catch (NumberFormatException e) {
                throw new IOException("the answer is no HTTP", e);
            }
        }
        throw new IOException("the answer is no HTTP");
    }

    /** Bound first: the port must be known before the kernel shows the connection. */
    private Socket bound(Duration wait) throws IOException {
        Instant now = steady.instant();
        ports.values().removeIf(now::isAfter);
        var socket = new Call();
        socket.bind(null);
        socket.port = socket.getLocalPort();
        ports.put(socket.port, now.plus(wait).plus(wait).plus(LINGER));
        return socket;
    }

    private static void connect(Socket socket, InetSocketAddress address, Duration wait)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("unknown host " + address.getHostString());
        }
        socket.connect(address, (int) Math.max(1, wait.toMillis()));
    }

    private final class Call extends Socket {
        private int port;

        @Override
        public synchronized void close() throws IOException {
            super.close();
            ports.put(port, steady.instant().plus(LINGER));
        }
    }
}
