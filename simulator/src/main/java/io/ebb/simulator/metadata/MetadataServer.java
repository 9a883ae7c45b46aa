package io.ebb.simulator.metadata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.MetadataFault;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.scenario.Scenario;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The metadata service of one machine. Nothing in a request names the caller, so each machine has
 * an endpoint of its own.
 */
public final class MetadataServer implements AutoCloseable {
    private final VirtualMachine machine;
    private final Faults faults;
    private final Router router;
    private final RateMeter rate;
    private final HttpServer server;

    /**
     * Listens at once.
     *
     * @param port at the machine's own address; 0 lets the system choose
     */
    public MetadataServer(
            Scenario scenario,
            VirtualMachine machine,
            int port,
            EventRepository repository,
            Neighbours neighbours,
            InstantSource time)
            throws IOException {
        this.machine = machine;
        this.faults = neighbours.faults();
        var vm = machine.description();
        this.rate = new RateMeter(time);
        this.router =
                new Router(
                        new ScheduledEventsEndpoint(
                                vm.name(),
                                scenario.timings().firstEvents(),
                                repository,
                                neighbours.controller(),
                                faults,
                                time),
                        new InstanceEndpoint(scenario, vm),
                        new IdentityEndpoint(scenario, vm, neighbours.tokens(), time),
                        new LoadBalancerEndpoint(
                                scenario, vm, () -> neighbours.balanced().test(vm.name())),
                        new LegacyEndpoint(vm, repository, time));
        this.server = HttpServer.create(new InetSocketAddress(vm.address(), port), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
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
            var request = Request.of(exchange);
            var answer = answer(request);
            if (answer.isPresent()) {
                send(exchange, request, answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is closing: no answer
        }
    }

    /** Empty for a machine that is down: nobody there could hear an answer. */
    private Optional<Answer> answer(Request request) throws InterruptedException {
        var name = machine.name();
        if (faults.metadata(name, MetadataFault.AnswersDuringFreeze.class).isEmpty()) {
            machine.awaitThaw();
        }
        switch (machine.power()) {
            case STOPPED, DEALLOCATED, DELETED -> {
                return Optional.empty();
            }
            case RUNNING, FROZEN -> {}
        }
        var hang = faults.metadata(name, MetadataFault.Hang.class);
        if (hang.isPresent()) {
            Thread.sleep(hang.get().duration());
        }
        int requests = rate.count();
        var limit = faults.metadata(name, MetadataFault.RateLimit.class);
        if (limit.filter(l -> requests > l.perSecond()).isPresent()) {
            return Optional.of(Answer.error(429, "Too many requests"));
        }
        var status = faults.metadata(name, MetadataFault.Status.class);
        if (status.isPresent()) {
            return Optional.of(Answer.error(status.get().status(), "Simulated fault"));
        }
        return Optional.of(router.answer(request));
    }

    private static void send(HttpExchange exchange, Request request, Answer answer)
            throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        answer.headers().forEach(headers::set);
        if (request.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
            headers.set("Connection", "close");
        }
        var body = answer.bytes();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
