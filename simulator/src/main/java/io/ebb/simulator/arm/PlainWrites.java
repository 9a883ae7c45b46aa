package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * PUT of resources that nothing in the simulation works by: they are replaced at once, and kept as
 * they are said, but for what is the server's.
 */
final class PlainWrites {
    private static final List<String> SERVERS =
            List.of("vmId", "resourceGuid", "virtualMachines", "provisioningState");
    private static final Set<String> WITHOUT_STATE =
            Set.of("microsoft.compute/availabilitysets", "microsoft.authorization/roleassignments");
    private static final String IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";

    private final Scenario scenario;
    private final Resources resources;

    PlainWrites(Scenario scenario, Resources resources) {
        this.scenario = scenario;
        this.resources = resources;
    }

    Answer put(ResourceId id, Request request) {
        var body = Json.read(request.body());
        Conditions.tags(body);
        Conditions.ifMatch(resources, id, request);
        var old = resources.get(id.text());
        body.put("name", id.name()).put("id", id.text()).put("type", id.type());
        var properties = Json.properties(body);
        for (var field : SERVERS) {
            old.map(o -> o.path("properties").get(field))
                    .ifPresent(value -> properties.set(field, value));
        }
        complete(id, properties);
        if (old.isEmpty() && !WITHOUT_STATE.contains(ResourceId.key(id.type()))) {
            properties.put("provisioningState", "Succeeded");
        }
        resources.replace(body);
        return Answer.of(old.isPresent() ? 200 : 201, resources.get(id.text()).orElseThrow());
    }

    /** What Azure adds to what is asked for. */
    private void complete(ResourceId id, ObjectNode properties) {
        switch (ResourceId.key(id.type())) {
            case "microsoft.managedidentity/userassignedidentities" ->
                    properties
                            .put("tenantId", scenario.tenant())
                            .put("principalId", guid(id.key() + " principal"))
                            .put("clientId", guid(id.key() + " client"));
            case "microsoft.network/publicipaddresses" ->
                    properties.put("ipAddress", scenario.loadBalancer().frontend().host());
            case "microsoft.authorization/roleassignments" -> checkAssignment(id, properties);
            default -> {}
        }
    }

    private void checkAssignment(ResourceId id, ObjectNode properties) {
        try {
            UUID.fromString(id.name());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(
                    "InvalidRoleAssignmentId",
                    "The role assignment ID '%s' is not valid. The role assignment ID must be a GUID."
                            .formatted(id.name()));
        }
        var principal = properties.path("principalId").asText();
        var known =
                resources.list(scenario.subscription(), "", IDENTITIES).stream()
                        .anyMatch(identity ->
                                identity.at("/properties/principalId").asText().equals(principal));
        if (!known) {
            throw Refusal.badRequest(
                    "PrincipalNotFound",
                    "Principal %s does not exist in the directory %s."
                            .formatted(principal, scenario.tenant()));
        }
        if (!properties.path("roleDefinitionId").asText().contains("/roleDefinitions/")) {
            throw Refusal.badRequest(
                    "InvalidRoleDefinitionId",
                    "The role definition ID '%s' is not valid."
                            .formatted(properties.path("roleDefinitionId").asText()));
        }
        properties.put("scope", scenario.groupId());
    }

    private static String guid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
