package io.ebb.simulator.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.maintenance.Event;
import io.ebb.simulator.maintenance.Life;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the control API shows. */
final class Views {
    private Views() {}

    static <T> ObjectNode list(List<T> values, Function<T, ObjectNode> view) {
        var json = JsonNodeFactory.instance.objectNode();
        var array = json.putArray("value");
        values.forEach(value -> array.add(view.apply(value)));
        return json;
    }

    static ObjectNode vm(VirtualMachine machine) {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", machine.name())
                        .put("vmId", machine.description().vmId())
                        .put("address", machine.description().address())
                        .put("power", machine.power().word())
                        .put("bootId", machine.bootId())
                        .put("node", machine.node());
        machine.guestPid().ifPresent(pid -> json.put("guestPid", pid));
        machine.agentPid().ifPresent(pid -> json.put("agentPid", pid));
        return json;
    }

    static ObjectNode event(Event event) {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("eventId", event.id())
                        .put("type", event.work().type().name())
                        .put("source", event.work().source().name());
        var vms = json.putArray("vms");
        event.work().vms().forEach(vms::add);
        json.put("description", event.work().description())
                .put("durationSeconds", event.work().durationSeconds())
                .put("status", status(event.life()))
                .put("createdAt", event.createdAt().toString())
                .put("notBefore", event.notBefore().toString());
        var life = event.life();
        put(json, "approvedAt", life.approval().map(Life.Approved::at));
        life.approval().ifPresent(approval -> json.put("approvedBy", approval.by()));
        put(json, "startedAt", life.startedAt());
        put(json, "impactFrom", life.impactFrom());
        put(json, "impactTo", life.impactTo());
        put(json, "goneAt", life.goneAt());
        return json;
    }

    static ObjectNode entry(Record.Entry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sequence", entry.sequence())
                .put("at", entry.at().toString())
                .put("kind", entry.kind())
                .put("subject", entry.subject())
                .put("detail", entry.detail());
    }

    private static String status(Life life) {
        return switch (life) {
            case Life.Scheduled _ -> "Scheduled";
            case Life.Approved _ -> "Approved";
            case Life.Started _, Life.Impacting _, Life.Settling _ -> "Started";
            case Life.Completed _ -> "Completed";
            case Life.Canceled _ -> "Canceled";
        };
    }

    private static void put(ObjectNode json, String field, Optional<Instant> at) {
        at.ifPresent(instant -> json.put(field, instant.toString()));
    }
}
