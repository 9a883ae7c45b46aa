package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.template.InvalidTemplateException;
import io.ebb.simulator.template.Place;
import io.ebb.simulator.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deployments of templates to the resource group. A template that is not valid is refused at once;
 * everything else is learned from the operation.
 */
final class Deployments {
    private static final String TYPE = "Microsoft.Resources/deployments";

    private final Scenario scenario;
    private final Operations operations;
    private final Lro lro;
    private final Rollout rollout;
    private final Record record;

    /** As a GET shows them, by name. */
    private final Map<String, ObjectNode> known = new ConcurrentHashMap<>();

    Deployments(Scenario scenario, Operations operations, Lro lro, Rollout rollout, Record record) {
        this.scenario = scenario;
        this.operations = operations;
        this.lro = lro;
        this.rollout = rollout;
        this.record = record;
    }

    /** Whether a path is about a deployment. */
    static boolean isOne(List<String> segments) {
        return segments.size() >= 9
                && (segments.get(6) + "/" + segments.get(7)).equalsIgnoreCase(TYPE);
    }

    Answer answer(Request request, List<String> segments) {
        var name = segments.get(8);
        if (segments.size() == 11 && segments.get(9).equalsIgnoreCase("operationStatuses")) {
            return lro.poll(segments.get(10));
        }
        if (segments.size() != 9) {
            throw Refusal.notFound("NotFound", "Nothing is at " + request.path() + ".");
        }
        return switch (request.method()) {
            case "GET" -> Answer.of(200, shown(name));
            case "PUT" -> put(name, request);
            default -> throw Refusal.methodNotAllowed(request.method());
        };
    }

    private ObjectNode shown(String name) {
        var found = known.get(ResourceId.key(name));
        if (found == null) {
            throw Refusal.notFound(
                    "DeploymentNotFound", "Deployment '" + name + "' could not be found.");
        }
        return found;
    }

    private Answer put(String name, Request request) {
        var asked = Json.read(request.body()).path("properties");
        if (!asked.path("mode").asText().equalsIgnoreCase("Incremental")) {
            throw Refusal.badRequest(
                    "DeploymentModeNotSupported",
                    "The simulator plays deployments of mode Incremental only.");
        }
        var template = read(asked.path("template"), asked.path("parameters"));
        template.resources().forEach(Registered::check);
        var deployment = fresh(name);
        var before = known.get(ResourceId.key(name));
        if (before != null && state(before).equals("Accepted")) {
            throw Refusal.conflict(
                    "DeploymentActive",
                    "The deployment with resource id '%s' cannot be saved, because this would overwrite an existing deployment which is still active."
                            .formatted(before.path("id").asText()));
        }
        known.put(ResourceId.key(name), deployment);
        record.add("armWrite", name, "PUT deployments/" + name);
        var operation = operations.begin("Deployment");
        operations.after(Duration.ZERO, () -> run(name, template, operation, request.base()));
        return lro.deployment(
                Answer.of(before == null ? 201 : 200, deployment), request, operation);
    }

    private Template read(JsonNode template, JsonNode parameters) {
        try {
            var place =
                    new Place(
                            scenario.subscription(),
                            scenario.tenant(),
                            scenario.resourceGroup(),
                            scenario.location());
            return Template.read(template, parameters, place);
        } catch (InvalidTemplateException e) {
            throw Refusal.badRequest("InvalidTemplate", e.whole());
        }
    }

    private void run(String name, Template template, Operations.Operation operation, String base) {
        var ended = fresh(name);
        var properties = Json.properties(ended);
        Operations.State last = new Operations.State.Succeeded();
        try {
            rollout.run(template, base);
            properties.put("provisioningState", "Succeeded");
            properties.set("outputs", template.outputs(rollout::properties));
            var made = properties.putArray("outputResources");
            template.resources().forEach(each -> made.add(Json.reference(each.id())));
        } catch (Refusal e) {
            last = failed(properties, e.body());
        } catch (InvalidTemplateException e) {
            last = failed(properties, Refusal.error("InvalidTemplate", e.whole()));
        } catch (InterruptedException e) {
            // The server closes: nobody asks any more.
            Thread.currentThread().interrupt();
            return;
        }
        operation.end(last, () -> known.put(ResourceId.key(name), ended));
    }

    private static Operations.State failed(ObjectNode properties, ObjectNode cause) {
        var error =
                Refusal.error(
                        "DeploymentFailed",
                        "At least one resource deployment operation failed. Please list deployment"
                                + " operations for details. Please see"
                                + " https://aka.ms/arm-deployment-operations for usage details.");
        error.withObjectProperty("error").withArrayProperty("details").add(cause.path("error"));
        properties.put("provisioningState", "Failed").set("error", error.path("error"));
        return new Operations.State.Ended("Failed", error);
    }

    private ObjectNode fresh(String name) {
        var deployment =
                Json.object()
                        .put("id", scenario.groupId() + "/providers/" + TYPE + "/" + name)
                        .put("name", name)
                        .put("type", TYPE);
        deployment
                .putObject("properties")
                .put("mode", "Incremental")
                .put("provisioningState", "Accepted");
        return deployment;
    }

    private static String state(ObjectNode deployment) {
        return deployment.at("/properties/provisioningState").asText();
    }
}
