package io.ebb.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.machine.VirtualMachines;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.maintenance.Event;
import io.ebb.simulator.maintenance.EventType;
import io.ebb.simulator.maintenance.Source;
import io.ebb.simulator.maintenance.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/** What the control API does for each request. */
public final class ControlApi {

    record Answer(int status, JsonNode body) {}

    private final VirtualMachines machines;
    private final Controller controller;
    private final Record record;
    private final FaultReader faultReader;
    private final Supplier<? extends JsonNode> pools;

    /**
     * @param pools the answer to {@code GET /pools}, which the load balancer knows
     */
    public ControlApi(
            VirtualMachines machines,
            Controller controller,
            Record record,
            Faults faults,
            InstantSource time,
            Supplier<? extends JsonNode> pools) {
        this.machines = machines;
        this.controller = controller;
        this.record = record;
        this.faultReader = new FaultReader(faults, controller.repositories(), time);
        this.pools = pools;
    }

    /**
     * Answers a request.
     *
     * @throws BadRequest if it cannot be understood
     * @throws NoSuchElementException if there is no such thing
     */
    Answer answer(String method, String path, String query, String body) {
        return switch (method + " " + path) {
            case "GET /vms" -> ok(Views.list(machines.all(), Views::vm));
            case "GET /events" -> ok(Views.list(controller.events(), Views::event));
            case "POST /events" -> post(Body.parse(body));
            case "GET /pools" -> ok(pools.get());
            case "GET /record" -> ok(Views.list(record.after(after(query)), Views::entry));
            case "POST /faults" -> {
                faultReader.apply(Body.parse(body));
                yield ok(nothing());
            }
            case "DELETE /faults" -> {
                faultReader.clear();
                yield ok(nothing());
            }
            default -> below(method, path, body);
        };
    }

    private Answer below(String method, String path, String body) {
        var segments = List.of(path.substring(1).split("/", -1));
        var head = method + " " + segments.getFirst() + "/" + segments.size();
        return switch (head) {
            case "DELETE events/2" -> cancel(segments.get(1));
            case "POST vms/2" -> operation(segments.get(1));
            case "PUT vms/3" -> install(segments, Body.parse(body));
            case "DELETE vms/3" -> uninstall(segments);
            default -> throw new NoSuchElementException("no such operation: " + method + path);
        };
    }

    private Answer post(Body body) {
        var type =
                body.choice("type", EventType.class)
                        .orElseThrow(() -> new BadRequest("type: is missing"));
        var source = body.choice("source", Source.class).orElse(Source.Platform);
        var impact = body.duration("impact").orElse(Duration.ofSeconds(8));
        var usual = Work.of(type, body.texts("vms"), impact, source);
        var work =
                new Work(
                        type,
                        usual.vms().stream().map(vm -> machine(vm).name()).toList(),
                        body.duration("notice").orElse(usual.notice()),
                        impact,
                        source,
                        body.text("description").orElse(usual.description()),
                        body.integer("durationSeconds").orElse(usual.durationSeconds()),
                        body.duration("othersTake").orElse(usual.othersTake()),
                        body.duration("runUp").orElse(usual.runUp()));
        Event event =
                body.flag("straightToStarted")
                        ? controller.startNow(work)
                        : body.duration("settle")
                                .map(settle -> controller.schedule(work, settle))
                                .orElseGet(() -> controller.schedule(work));
        return new Answer(201, Views.event(event));
    }

    private Answer cancel(String id) {
        return controller.cancel(id)
                ? ok(nothing())
                : new Answer(409, nothing().put("error", "event " + id + " has started"));
    }

    private Answer operation(String segment) {
        int colon = segment.lastIndexOf(':');
        var vm = machine(colon < 0 ? segment : segment.substring(0, colon)).name();
        switch (colon < 0 ? "" : segment.substring(colon + 1)) {
            case "restart" -> controller.restart(vm);
            case "redeploy" -> controller.redeploy(vm);
            case "simulateEviction" -> controller.simulateEviction(vm);
            case "deallocate" -> controller.deallocate(vm);
            case "start" -> controller.start(vm);
            default -> throw new NoSuchElementException("no such operation: " + segment);
        }
        return new Answer(202, nothing());
    }

    private Answer install(List<String> segments, Body body) {
        agentOf(segments).install(new Program(body.texts("command"), body.map("environment")));
        return ok(Views.vm(agentOf(segments)));
    }

    private Answer uninstall(List<String> segments) {
        agentOf(segments).uninstall();
        return ok(Views.vm(agentOf(segments)));
    }

    private VirtualMachine agentOf(List<String> segments) {
        if (!segments.get(2).equals("agent")) {
            throw new NoSuchElementException("no such thing: " + String.join("/", segments));
        }
        return machine(segments.get(1));
    }

    private VirtualMachine machine(String name) {
        return machines.find(name)
                .orElseThrow(() -> new NoSuchElementException("no machine " + name));
    }

    private static long after(String query) {
        if (!query.startsWith("after=")) {
            return 0;
        }
        try {
            return Long.parseLong(query.substring("after=".length()));
        } catch (NumberFormatException e) {
            throw new BadRequest("after: expected a number");
        }
    }

    private static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
