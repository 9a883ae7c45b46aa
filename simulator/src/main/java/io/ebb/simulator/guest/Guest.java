package io.ebb.simulator.guest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The backend program of a machine: {@code /work?ms=0&bytes=512}, {@code /health}, {@code
 * /admin/drain}, {@code /admin/undrain}. Keep-alive is honoured until it is drained; from then on
 * every answer closes its connection.
 *
 * <p>It ends when its standard input does, so that it never outlives the simulator.
 */
public final class Guest implements AutoCloseable {
    private static final int CHUNK = 26 * 315;
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final String name;
    private final HttpServer server;
    private volatile boolean draining;

    /** Binds to the address; port 0 lets the system choose. */
    public Guest(String name, InetSocketAddress address) throws IOException {
        this.name = name;
        this.server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Arguments: name, address, port. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("expected: name address port");
        }
        // An idle keep-alive connection must outlive the pauses of a client that means to reuse it.
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        try (var _ =
                new Guest(args[0], new InetSocketAddress(args[1], Integer.parseInt(args[2])))) {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().skip(Long.MAX_VALUE);
            var method = exchange.getRequestMethod();
            switch (method + " " + exchange.getRequestURI().getPath()) {
                case "GET /work" -> work(exchange);
                case "GET /health" -> answer(exchange, 200, 0);
                case "POST /admin/drain" -> {
                    draining = true;
                    answer(exchange, 204, 0);
                }
                case "POST /admin/undrain" -> {
                    draining = false;
                    answer(exchange, 204, 0);
                }
                default -> answer(exchange, 404, 0);
            }
        }
    }

    private void work(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getRawQuery();
        int ms;
        int bytes;
        try {
            ms = number(query, "ms", 0);
            bytes = number(query, "bytes", 512);
        } catch (NumberFormatException e) {
            answer(exchange, 400, 0);
            return;
        }
        if (ms < 0 || bytes < 0 || bytes > MAX_BYTES) {
            answer(exchange, 400, 0);
            return;
        }
        long until = System.nanoTime() + ms * 1_000_000L;
        for (long left = ms * 1_000_000L; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        answer(exchange, 200, bytes);
    }

    private void answer(HttpExchange exchange, int status, int bytes) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("X-Served-By", name);
        headers.set("Content-Type", "text/plain");
        if (draining) {
            headers.set("Connection", "close");
        }
        exchange.sendResponseHeaders(status, bytes == 0 ? -1 : bytes);
        if (bytes > 0) {
            write(exchange.getResponseBody(), bytes);
        }
    }

    private static void write(OutputStream body, int bytes) throws IOException {
        var chunk = new byte[Math.min(bytes, CHUNK)];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = (byte) ('a' + i % 26);
        }
        for (int left = bytes; left > 0; left -= chunk.length) {
            body.write(chunk, 0, Math.min(left, chunk.length));
        }
    }

    private static int number(@Nullable String query, String key, int fallback) {
        if (query == null) {
            return fallback;
        }
        return Arrays.stream(query.split("&", -1))
                .filter(part -> part.startsWith(key + "="))
                .map(part -> Integer.parseInt(part.substring(key.length() + 1)))
                .findFirst()
                .orElse(fallback);
    }
}
