package io.ebb.simulator.arm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.Scenario;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** ARM and the token endpoint on one HTTPS port, under a certificate of their own. */
public final class ArmServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ArmServer.class.getName());

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Operations operations = new Operations();
    private final Tokens tokens;
    private final Directory directory;
    private final Router router;
    private final Faults faults;
    private final Throttle reads;
    private final Throttle writes;
    private final String host;
    private final List<Consumer<Sent>> listeners = new CopyOnWriteArrayList<>();

    /** A write as it was received. */
    public record Sent(String method, String path, Optional<String> ifMatch, String body) {}

    /**
     * Binds the port and writes the certificate; nothing is answered before {@link #start}.
     *
     * @throws IOException if the address is taken or the certificate cannot be written
     */
    public ArmServer(
            Scenario scenario,
            Resources resources,
            Fleet fleet,
            Faults faults,
            Record record,
            InstantSource time)
            throws IOException {
        this.faults = faults;
        this.tokens = new Tokens(scenario, time);
        this.directory = new Directory(scenario, tokens);
        this.reads = new Throttle(time, 250, 25);
        this.writes = new Throttle(time, 200, 10);
        this.host = scenario.addresses().arm().host();
        var lro = new Lro(scenario, operations);
        var nics = new NicWrites(resources, operations, lro, faults, record, scenario.timings());
        var balancers =
                new BalancerWrites(
                        resources, operations, lro, nics, faults, record, scenario.timings());
        var others = new PlainWrites(scenario, resources);
        var machines =
                new MachineWrites(
                        scenario, resources, operations, lro, others, fleet.provisioner(), record);
        var all = new Writes(nics, balancers, machines, others);
        var rollout = new Rollout(resources, operations, all);
        this.router =
                new Router(
                        scenario,
                        resources,
                        operations,
                        lro,
                        all,
                        new Compute(scenario, fleet, operations, lro, record),
                        new Maintenance(resources, fleet.approvals()),
                        new HealthAction(resources, fleet.health()),
                        new Deployments(scenario, operations, lro, rollout, record));
        var certificate = Certificate.of(host, time.instant());
        certificate.write(scenario.certificate());
        this.server = HttpsServer.create(scenario.addresses().arm().socketAddress(), 256);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Serves from now on. */
    public void start() {
        server.start();
    }

    /** Has every authenticated PUT and POST told before it is looked at: the words of the wire. */
    public void onWrite(Consumer<Sent> listener) {
        listeners.add(listener);
    }

    /** Scheme, host and port, without a slash at the end. */
    public String url() {
        return "https://" + host + ":" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = request(exchange);
            Answer answer;
            try {
                answer = answer(request);
            } catch (Refusal refusal) {
                answer = Answer.of(refusal.status(), refusal.body());
                if (refusal.retryAfter().isPresent()) {
                    var wait = refusal.retryAfter().get().plusMillis(999).toSeconds();
                    answer = answer.with("Retry-After", Long.toString(wait));
                }
                if (refusal.status() == 401) {
                    var uri = request.base() + "/common";
                    answer =
                            answer.with(
                                    "WWW-Authenticate", "Bearer authorization_uri=\"" + uri + "\"");
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, request.method() + " " + request.path(), e);
                answer = Answer.of(500, Refusal.error("InternalServerError", String.valueOf(e)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer = Answer.of(503, Refusal.error("ServerStopping", "The simulator stops."));
            }
            send(exchange, answer);
        }
    }

    private Answer answer(Request request) throws InterruptedException {
        if (!request.path().toLowerCase(Locale.ROOT).startsWith("/subscriptions")) {
            return directory.answer(request);
        }
        authenticate(request);
        boolean read = request.method().equals("GET");
        if (!read) {
            var sent =
                    new Sent(request.method(), request.path(), request.ifMatch(), request.body());
            listeners.forEach(listener -> listener.accept(sent));
        }
        int left = (read ? reads : writes).take();
        Thread.sleep(faults.hang(request.method(), request.path()));
        var fault = faults.refusal(request.method(), request.path());
        if (fault.isPresent()) {
            throw Refusal.injected(
                    fault.get().status(), fault.get().code(), fault.get().retryAfter());
        }
        return router.route(request)
                .with(
                        "x-ms-ratelimit-remaining-subscription-" + (read ? "reads" : "writes"),
                        Integer.toString(left));
    }

    private void authenticate(Request request) {
        var header = request.authorization().orElse("");
        if (header.isEmpty()) {
            throw Refusal.unauthorized(
                    "Authentication failed. The 'Authorization' header is missing.");
        }
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)
                || !tokens.accepts(header.substring(7).strip())) {
            throw Refusal.unauthorized("Authentication failed. The token is not valid.");
        }
    }

    private Request request(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var authority = headers.getFirst("Host");
        var uri = exchange.getRequestURI();
        return new Request(
                exchange.getRequestMethod(),
                path(uri),
                query(uri),
                Optional.ofNullable(headers.getFirst("If-Match")),
                Optional.ofNullable(headers.getFirst("Authorization")),
                authority == null ? url() : "https://" + authority,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::set);
        var id = UUID.randomUUID().toString();
        headers.set("x-ms-request-id", id);
        headers.set("x-ms-correlation-request-id", id);
        headers.set("x-ms-arm-service-request-id", id);
        headers.set("Cache-Control", "no-cache");
        if (answer.body().isEmpty()) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        var bytes = Json.write(answer.body().get());
        headers.set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Without doubled slashes, which clients make of an endpoint that ends with one. */
    private static String path(URI uri) {
        var path = uri.getPath().replaceAll("/{2,}", "/");
        return path.endsWith("/") && path.length() > 1
                ? path.substring(0, path.length() - 1)
                : path;
    }

    private static Map<String, String> query(URI uri) {
        var parameters = new HashMap<String, String>();
        var query = uri.getRawQuery();
        if (query == null) {
            return parameters;
        }
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT),
                        decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        operations.close();
        threads.shutdownNow();
    }
}
