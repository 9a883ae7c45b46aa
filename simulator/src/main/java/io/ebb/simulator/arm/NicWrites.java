package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.Timings;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * PUT of a network interface. It is answered {@code Succeeded} when nothing has happened yet; the
 * data plane follows when the operation succeeds. One at a time per availability set.
 *
 * <p>Faults end an operation {@code Canceled} or {@code Failed}; the word {@code Updating} has the
 * next one answered that way, as some interfaces of running machines are, and end well.
 */
final class NicWrites {
    private final Resources resources;
    private final Operations operations;
    private final Lro lro;
    private final Faults faults;
    private final Record record;
    private final Timings timings;

    /** Which interface is being written, by availability set or by the interface itself. */
    private final Map<String, String> busy = new HashMap<>();

    NicWrites(
            Resources resources,
            Operations operations,
            Lro lro,
            Faults faults,
            Record record,
            Timings timings) {
        this.resources = resources;
        this.operations = operations;
        this.lro = lro;
        this.faults = faults;
        this.record = record;
        this.timings = timings;
    }

    Answer put(ResourceId id, Request request) throws InterruptedException {
        var body = Json.read(request.body());
        var lane = lane(id);
        synchronized (busy) {
            Conditions.ifMatch(resources, id, request);
            var other = busy.get(lane);
            if (other != null) {
                throw Refusal.anotherOperation(other);
            }
            validate(id, body);
            busy.put(lane, id.text());
        }
        boolean answered = false;
        try {
            Thread.sleep(timings.nicPut());
            var answer = commit(id, body, lane, request);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                release(lane);
            }
        }
    }

    /** Whether the interface is between the answer to its PUT and the end of the operation. */
    boolean isBusy(String nicId) {
        synchronized (busy) {
            return busy.values().stream().anyMatch(id -> ResourceId.same(id, nicId));
        }
    }

    private Answer commit(ResourceId id, ObjectNode body, String lane, Request request) {
        var old = resources.goal(id.text());
        var merged = NicBody.merge(old.orElseGet(() -> fresh(id)), body, id);
        var outcome = faults.operationOutcome().orElse("Succeeded");
        if (outcome.equals("Updating")) {
            Json.properties(merged).put("provisioningState", "Updating");
        }
        var shown = resources.setGoal(id.text(), merged);
        record.add("armWrite", subject(merged, id), "PUT networkInterfaces/" + id.name());
        var operation = operations.begin("PutNicOperation");
        operations.after(
                timings.operation().minus(timings.nicPut()),
                () -> end(operation, id, lane, outcome));
        return lro.network(Answer.of(old.isPresent() ? 200 : 201, shown), request, operation);
    }

    private void end(Operations.Operation operation, ResourceId id, String lane, String outcome) {
        var last =
                switch (outcome) {
                    case "Canceled" -> Endings.canceled(operation, "PutNicOperation");
                    case "Failed" -> Endings.failed();
                    default -> new Operations.State.Succeeded();
                };
        operation.end(
                last,
                () -> {
                    release(lane);
                    switch (outcome) {
                        case "Canceled" -> resources.revert(id.text());
                        // What was asked stays, Failed, until the interface is PUT again.
                        case "Failed" -> resources.provisioningState(id.text(), "Failed");
                        case "Updating" -> {
                            resources.provisioningState(id.text(), "Succeeded");
                            resources.takeEffect(id.text());
                        }
                        default -> resources.takeEffect(id.text());
                    }
                });
    }

    private void release(String lane) {
        synchronized (busy) {
            busy.remove(lane);
        }
    }

    private void validate(ResourceId id, ObjectNode body) {
        Conditions.tags(body);
        if (body.path("properties").path("ipConfigurations").isEmpty()) {
            throw Refusal.badRequest(
                    "InvalidRequestFormat",
                    "Network interface " + id.text() + " must have one or more IP configurations.");
        }
        for (var poolId : NicBody.pools(body)) {
            var pool =
                    resources
                            .get(poolId)
                            .orElseThrow(() -> Conditions.invalidReference(poolId, id.text()));
            if (Json.objects(Memberships.addresses(pool))
                    .anyMatch(entry -> !Memberships.isByInterface(entry))) {
                throw Conditions.mixed(poolId);
            }
        }
    }

    private String lane(ResourceId id) {
        return resources
                .goal(id.text())
                .map(nic -> nic.path("properties").path("virtualMachine").path("id").asText())
                .filter(vm -> !vm.isEmpty())
                .flatMap(resources::goal)
                .map(vm -> vm.path("properties").path("availabilitySet").path("id").asText())
                .filter(set -> !set.isEmpty())
                .map(ResourceId::key)
                .orElse(id.key());
    }

    private static ObjectNode fresh(ResourceId id) {
        var nic = Json.object();
        nic.put("name", id.name()).put("id", id.text()).put("type", Memberships.NICS);
        nic.put("kind", "Regular");
        var properties = Json.properties(nic);
        properties
                .put("resourceGuid", UUID.randomUUID().toString())
                .put("vnetEncryptionSupported", false)
                .put("allowPort25Out", true);
        properties.putArray("hostedWorkloads");
        properties.putArray("tapConfigurations");
        return nic;
    }

    private static String subject(ObjectNode nic, ResourceId id) {
        var vm = nic.path("properties").path("virtualMachine").path("id").asText();
        return vm.isEmpty() ? id.name() : new ResourceId(vm).name();
    }
}
