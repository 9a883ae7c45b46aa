package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.Timings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * PUT of a load balancer or of one of its pools. Both share an etag, which rolls twice: with the
 * answer ({@code Updating}) and with the end of the operation. A later write supersedes the one
 * that is under way, whose change is given up.
 */
final class BalancerWrites {
    private final Resources resources;
    private final Operations operations;
    private final Lro lro;
    private final NicWrites nics;
    private final Faults faults;
    private final Record record;
    private final Timings timings;

    /** The last operation of each load balancer; guarded by itself, as are the commits. */
    private final Map<String, Operations.Operation> latest = new HashMap<>();

    BalancerWrites(
            Resources resources,
            Operations operations,
            Lro lro,
            NicWrites nics,
            Faults faults,
            Record record,
            Timings timings) {
        this.resources = resources;
        this.operations = operations;
        this.lro = lro;
        this.nics = nics;
        this.faults = faults;
        this.record = record;
        this.timings = timings;
    }

    Answer putPool(ResourceId id, Request request) throws InterruptedException {
        var body = Json.read(request.body());
        return write(
                id,
                request,
                "PutLoadBalancerBackendAddressPoolOperation",
                balancer -> {
                    var members =
                            Memberships.inPoolsOf(id.top(), resources.asked()).stream()
                                    .filter(m -> ResourceId.same(m.poolId(), id.text()))
                                    .toList();
                    return PoolBody.into(balancer, id, body, members);
                });
    }

    Answer putBalancer(ResourceId id, Request request) throws InterruptedException {
        var body = Json.read(request.body());
        return write(
                id,
                request,
                "PutLoadBalancerOperation",
                old -> BalancerBody.merge(old, body, id, resources.asked()));
    }

    private Answer write(
            ResourceId id, Request request, String name, UnaryOperator<ObjectNode> change)
            throws InterruptedException {
        check(id, request, change);
        Thread.sleep(timings.poolPut());
        synchronized (latest) {
            // Somebody else may have written meanwhile.
            var balancer = check(id, request, change);
            var existed = resources.get(id.text()).isPresent();
            var operation = operations.begin(name);
            var other = latest.put(id.top().key(), operation);
            if (other != null && supersede(other, operation, id.top())) {
                balancer = change.apply(resources.goal(id.top().text()).orElseThrow());
            }
            var outcome = faults.operationOutcome().orElse("Succeeded");
            mark(balancer, id, "Updating");
            resources.setGoal(id.top().text(), balancer);
            record.add("armWrite", id.top().name(), "PUT " + id.collection() + "/" + id.name());
            operations.after(
                    timings.operation().minus(timings.poolPut()),
                    () -> end(operation, id, outcome));
            var shown = resources.get(id.text()).orElseThrow();
            return lro.network(Answer.of(existed ? 200 : 201, shown), request, operation);
        }
    }

    private ObjectNode check(ResourceId id, Request request, UnaryOperator<ObjectNode> change) {
        Conditions.ifMatch(resources, id, request);
        var balancer =
                resources
                        .goal(id.top().text())
                        .or(() -> id.isTop() ? Optional.of(fresh(id)) : Optional.empty())
                        .orElseThrow(() -> Refusal.resourceNotFound(id.top()));
        for (var member : Memberships.inPoolsOf(id.top(), resources.asked())) {
            refuseUnsettled(member, id.top());
        }
        return change.apply(balancer);
    }

    private static ObjectNode fresh(ResourceId id) {
        var balancer = Json.object();
        balancer.put("name", id.name()).put("id", id.text()).put("type", Memberships.BALANCERS);
        Json.properties(balancer).put("resourceGuid", UUID.randomUUID().toString());
        return balancer;
    }

    private void refuseUnsettled(Membership member, ResourceId balancer) {
        if (member.nicId().isEmpty()) {
            return;
        }
        var state =
                resources
                        .goal(member.nicId())
                        .map(nic -> nic.path("properties").path("provisioningState").asText())
                        .orElse("");
        if (state.equals("Failed")) {
            throw Refusal.notProvisioned(member.ipConfigurationId(), balancer.text(), "Failed");
        }
        if (nics.isBusy(member.nicId())) {
            throw Refusal.notProvisioned(member.ipConfigurationId(), balancer.text(), "Updating");
        }
    }

    private boolean supersede(
            Operations.Operation loser, Operations.Operation winner, ResourceId balancer) {
        return loser.end(
                Endings.canceled(loser, winner.name() + " (" + winner.id() + ")"),
                () -> resources.revert(balancer.text()));
    }

    private void end(Operations.Operation operation, ResourceId id, String outcome) {
        synchronized (latest) {
            var top = id.top().text();
            switch (outcome) {
                case "Canceled" ->
                        operation.end(
                                Endings.canceled(operation, "PutLoadBalancerOperation"),
                                () -> resources.revert(top));
                case "Failed" -> operation.end(Endings.failed(), () -> resources.revert(top));
                default ->
                        operation.end(
                                new Operations.State.Succeeded(),
                                () -> {
                                    var goal = resources.goal(top).orElseThrow();
                                    mark(goal, id, "Succeeded");
                                    resources.setGoal(top, goal);
                                    resources.takeEffect(top);
                                });
            }
        }
    }

    private static void mark(ObjectNode balancer, ResourceId id, String state) {
        Json.properties(balancer).put("provisioningState", state);
        if (!id.isTop()) {
            Views.find(balancer, id)
                    .ifPresent(pool -> {
                        Json.properties(pool).put("provisioningState", state);
                        Json.objects(Memberships.addresses(pool))
                                .map(Json::properties)
                                .forEach(p -> p.put("provisioningState", state));
                    });
        }
    }
}
