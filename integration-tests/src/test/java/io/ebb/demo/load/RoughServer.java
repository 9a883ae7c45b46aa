package io.ebb.demo.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that misbehaves as told: each request gets the next manner, and the last one for ever.
 */
final class RoughServer implements AutoCloseable {
    /** What the server does with a request. */
    interface Manner {
        void answer(Socket socket, int bytes) throws IOException;
    }

    static final Manner WELL = (socket, bytes) -> send(socket, "200 OK", "", body(bytes));
    static final Manner CLOSING =
            (socket, bytes) -> {
                send(socket, "200 OK", "Connection: close\r\n", body(bytes));
                socket.close();
            };
    static final Manner BUSY = (socket, _) -> send(socket, "503 Busy", "", "sorry");
    static final Manner SHORT =
            (socket, bytes) -> {
                socket.getOutputStream().write(head("200 OK", "", bytes));
                socket.getOutputStream().write(bytes(body(bytes - 1)));
                socket.close();
            };
    static final Manner OTHER_LENGTH =
            (socket, bytes) -> send(socket, "200 OK", "", body(bytes + 1));
    static final Manner OTHER_BYTES =
            (socket, bytes) -> send(socket, "200 OK", "", body(bytes - 1) + "!");
    static final Manner RESET =
            (socket, _) -> {
                socket.setSoLinger(true, 0);
                socket.close();
            };
    static final Manner HANG_UP = (socket, _) -> socket.close();

    final Queue<String> sources = new ConcurrentLinkedQueue<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Manner> manners;
    private final ServerSocket server;

    RoughServer(Manner... manners) throws IOException {
        this.manners = List.of(manners);
        server = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    /** Never answers. */
    Manner silent() {
        return (_, _) -> await();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.incrementAndGet();
                sources.add(socket.getInetAddress().getHostAddress());
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                closed.countDown();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("GET ")) {
                    int bytes = Integer.parseInt(line.replaceAll(".*bytes=(\\d+) .*", "$1"));
                    while (!"".equals(in.readLine())) {
                        // The headers say nothing that this server cares about.
                    }
                    int n = requests.getAndIncrement();
                    manners.get(Math.min(n, manners.size() - 1)).answer(socket, bytes);
                }
            }
        } catch (IOException e) {
            // The client hung up, or this server did: both are part of the misbehaviour.
            assert e != null;
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Socket socket, String status, String headers, String body)
            throws IOException {
        socket.getOutputStream().write(head(status, headers, body.length()));
        socket.getOutputStream().write(bytes(body));
    }

    private static byte[] head(String status, String headers, int length) {
        return bytes(
                "HTTP/1.1 "
                        + status
                        + "\r\nX-Served-By: web-9\r\n"
                        + headers
                        + "Content-Length: "
                        + length
                        + "\r\n\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String body(int bytes) {
        return "abcdefghijklmnopqrstuvwxyz".repeat(bytes / 26 + 1).substring(0, bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
        closed.countDown();
    }
}
