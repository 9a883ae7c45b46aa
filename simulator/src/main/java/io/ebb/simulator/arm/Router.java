package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.Scenario;
import java.util.List;
import java.util.Locale;

/** Finds out what a request to ARM is about. Paths are compared case-insensitively. */
final class Router {
    private static final String VMS = MachineWrites.VMS;

    private final Scenario scenario;
    private final Resources resources;
    private final Operations operations;
    private final Lro lro;
    private final Writes writes;
    private final Compute compute;
    private final Maintenance maintenance;
    private final HealthAction health;
    private final Deployments deployments;

    Router(
            Scenario scenario,
            Resources resources,
            Operations operations,
            Lro lro,
            Writes writes,
            Compute compute,
            Maintenance maintenance,
            HealthAction health,
            Deployments deployments) {
        this.scenario = scenario;
        this.resources = resources;
        this.operations = operations;
        this.lro = lro;
        this.writes = writes;
        this.compute = compute;
        this.maintenance = maintenance;
        this.health = health;
        this.deployments = deployments;
    }

    Answer route(Request request) throws InterruptedException {
        var segments = request.segments();
        if (segments.size() < 3 || !is(segments, 1, "subscriptions")) {
            throw Refusal.notFound("NotFound", "Nothing is at " + request.path() + ".");
        }
        if (!is(segments, 2, scenario.subscription())) {
            throw Refusal.notFound(
                    "SubscriptionNotFound",
                    "The subscription '" + segments.get(2) + "' could not be found.");
        }
        if (!request.query().containsKey("api-version")) {
            throw Refusal.badRequest(
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all"
                            + " requests.");
        }
        if (lower(request.path()).contains("/providers/microsoft.maintenance/scheduledevents")) {
            return acknowledge(request);
        }
        return is(segments, 3, "resourceGroups")
                ? inGroup(request, segments)
                : inSubscription(request, segments);
    }

    /** An extension of the machine or the set that it names, which has to be there. */
    private Answer acknowledge(Request request) {
        if (!request.method().equals("POST")) {
            throw Refusal.methodNotAllowed(request.method());
        }
        var resource = new ResourceId(request.path()).top();
        found(resource);
        return maintenance.acknowledge(request, resource);
    }

    private Answer inSubscription(Request request, List<String> segments) {
        if (segments.size() == 3) {
            return Answer.of(
                    200,
                    Json.object()
                            .put("id", "/subscriptions/" + scenario.subscription())
                            .put("subscriptionId", scenario.subscription())
                            .put("tenantId", scenario.tenant())
                            .put("displayName", "simulated")
                            .put("state", "Enabled"));
        }
        if (is(segments, 3, "providers") && segments.size() == 6) {
            return list(segments.get(2), "", segments.get(4) + "/" + segments.get(5), request);
        }
        if (is(segments, 3, "providers") && is(segments, 5, "locations") && segments.size() == 9) {
            return segments.get(7).equalsIgnoreCase("operationResults")
                    ? result(segments.get(8))
                    : lro.poll(segments.get(8));
        }
        throw Refusal.notFound("NotFound", "Nothing is at " + request.path() + ".");
    }

    private Answer inGroup(Request request, List<String> segments) throws InterruptedException {
        if (segments.size() == 4) {
            var value = Json.object();
            value.putArray("value").add(group());
            return Answer.of(200, value);
        }
        if (!is(segments, 4, scenario.resourceGroup())) {
            throw Refusal.notFound(
                    "ResourceGroupNotFound",
                    "Resource group '" + segments.get(4) + "' could not be found.");
        }
        if (Deployments.isOne(segments)) {
            return deployments.answer(request, segments);
        }
        return switch (segments.size()) {
            case 5 -> Answer.of(200, group());
            case 8 ->
                    list(
                            segments.get(2),
                            segments.get(4),
                            segments.get(6) + "/" + segments.get(7),
                            request);
            default -> {
                if (segments.size() < 9) {
                    throw Refusal.notFound("NotFound", "Nothing is at " + request.path() + ".");
                }
                yield resource(request, new ResourceId(request.path()));
            }
        };
    }

    private Answer resource(Request request, ResourceId id) throws InterruptedException {
        return switch (request.method()) {
            case "GET" -> read(request, id);
            case "PUT" -> writes.put(canonical(id), request);
            case "POST" -> act(request, id);
            case "DELETE" -> delete(request, id);
            default -> throw Refusal.methodNotAllowed(request.method());
        };
    }

    private Answer read(Request request, ResourceId id) {
        int depth = id.segments().size();
        if (lower(id.text()).endsWith("/providers/microsoft.authorization/permissions")) {
            return Answer.of(200, everything());
        }
        if (depth == 10 && id.isOf(VMS) && id.name().equalsIgnoreCase("instanceView")) {
            var vm = found(id.top()).path("name").asText();
            return Answer.of(200, compute.instanceView(vm));
        }
        if (depth == 10) {
            return Answer.of(200, parts(id));
        }
        var resource = found(id);
        if (id.isOf(VMS)
                && lower(request.query().getOrDefault("$expand", "")).equals("instanceview")) {
            withInstanceView(resource);
        }
        var etag = resource.path("etag").asText();
        var answer = Answer.of(200, resource);
        return etag.isEmpty() ? answer : answer.with("ETag", etag);
    }

    /** Machines and interfaces can go; what is in use stays. */
    private Answer delete(Request request, ResourceId id) {
        if (!id.isTop() || !(id.isOf(VMS) || id.isOf(Memberships.NICS))) {
            throw Refusal.methodNotAllowed("DELETE");
        }
        var resource = resources.get(id.text());
        if (resource.isEmpty()) {
            return Answer.empty(204);
        }
        if (id.isOf(VMS)) {
            compute.act(resource.get().path("name").asText(), "deallocate", request);
            resources.detach(id.text());
        } else if (resource.get().path("properties").hasNonNull("virtualMachine")) {
            throw Refusal.badRequest(
                    "NicInUse",
                    "Network Interface " + id.text() + " is used by existing resource.");
        }
        resources.remove(id.text());
        return Answer.empty(200);
    }

    private Answer act(Request request, ResourceId id) {
        var segments = id.segments();
        if (id.isOf(VMS) && segments.size() == 10) {
            var vm = found(id.top()).path("name").asText();
            return compute.act(vm, id.name(), request);
        }
        if (id.isOf(Memberships.BALANCERS)
                && segments.size() == 12
                && id.name().equalsIgnoreCase("health")) {
            var rule = new ResourceId(String.join("/", segments.subList(0, 11)));
            var result = health.result(rule);
            return lro.result(request, operations.finished("RuleHealth", result));
        }
        throw Refusal.methodNotAllowed("POST");
    }

    private Answer result(String operationId) {
        return lro.find(operationId)
                .result()
                .map(body -> Answer.of(200, body))
                .orElseGet(() -> Answer.empty(202).with("Retry-After", lro.retryAfter()));
    }

    private Answer list(String subscription, String group, String type, Request request) {
        if (!request.method().equals("GET")) {
            throw Refusal.methodNotAllowed(request.method());
        }
        var body = Json.object();
        var value = body.putArray("value");
        boolean machines = type.equalsIgnoreCase(VMS);
        boolean statusOnly = machines && group.isEmpty() && isStatusOnly(request);
        if (machines && request.query().containsKey("$expand")) {
            // Documented for machines of a scale set alone, which the filter has to name.
            throw Refusal.badRequest(
                    "InvalidParameter", "$expand can only be specified with a valid $filter.");
        }
        for (var resource : resources.list(subscription, group, type)) {
            value.add(statusOnly ? status(resource) : resource);
        }
        return Answer.of(200, body);
    }

    private static boolean isStatusOnly(Request request) {
        return lower(request.query().getOrDefault("statusonly", "")).equals("true");
    }

    /** What is left of a machine in a listing of statuses: neither tags nor interfaces. */
    private ObjectNode status(ObjectNode vm) {
        withInstanceView(vm);
        var status = Json.object();
        for (var field : List.of("name", "id", "type", "location")) {
            status.set(field, vm.get(field));
        }
        var properties = status.putObject("properties");
        for (var field : List.of("vmId", "provisioningState", "instanceView")) {
            properties.set(field, vm.path("properties").get(field));
        }
        return status;
    }

    private ObjectNode parts(ResourceId id) {
        var top = found(id.top());
        for (var collection : top.path("properties").properties()) {
            if (collection.getKey().equalsIgnoreCase(id.name())
                    && collection.getValue().isArray()) {
                var body = Json.object();
                body.set("value", collection.getValue());
                return body;
            }
        }
        throw Refusal.resourceNotFound(id);
    }

    private ObjectNode found(ResourceId id) {
        return resources.get(id.text()).orElseThrow(() -> Refusal.resourceNotFound(id));
    }

    /** The id in the case that it was created with. */
    private ResourceId canonical(ResourceId id) {
        return resources
                .get(id.text())
                .map(resource -> new ResourceId(resource.path("id").asText()))
                .orElse(id);
    }

    private void withInstanceView(ObjectNode vm) {
        Json.properties(vm).set("instanceView", compute.instanceView(vm.path("name").asText()));
    }

    private ObjectNode group() {
        var group =
                Json.object()
                        .put("id", scenario.groupId())
                        .put("name", scenario.resourceGroup())
                        .put("type", "Microsoft.Resources/resourceGroups")
                        .put("location", scenario.location());
        group.putObject("properties").put("provisioningState", "Succeeded");
        return group;
    }

    /** The simulated client may do everything; what it may not is a fault to switch on. */
    private static ObjectNode everything() {
        var body = Json.object();
        var permission = body.putArray("value").addObject();
        permission.putArray("actions").add("*");
        permission.putArray("notActions");
        return body;
    }

    private static boolean is(List<String> segments, int index, String word) {
        return segments.size() > index && segments.get(index).equalsIgnoreCase(word);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
