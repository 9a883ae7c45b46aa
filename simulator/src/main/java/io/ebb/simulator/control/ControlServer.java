package io.ebb.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The control API over HTTP; it listens to whoever can reach it, so it belongs on loopback. */
public final class ControlServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());

    private final ControlApi api;
    private final HttpServer server;

    /** Listens at once; port 0 lets the system choose. */
    public ControlServer(ControlApi api, InetSocketAddress address) throws IOException {
        this.api = api;
        this.server = HttpServer.create(address, 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/sim/v1", this::handle);
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var query = uri.getQuery();
            var answer = answer(exchange.getRequestMethod(), uri.getPath(), query, body);
            var bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ControlApi.Answer answer(
            String method, String path, @Nullable String query, String body) {
        try {
            var below = path.substring("/sim/v1".length());
            return api.answer(method, below, query == null ? "" : query, body);
        } catch (BadRequest e) {
            return failure(400, e);
        } catch (NoSuchElementException e) {
            return failure(404, e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "answering " + method + " " + path, e);
            return failure(500, e);
        }
    }

    private static ControlApi.Answer failure(int status, RuntimeException e) {
        JsonNode body =
                JsonNodeFactory.instance.objectNode().put("error", String.valueOf(e.getMessage()));
        return new ControlApi.Answer(status, body);
    }
}
