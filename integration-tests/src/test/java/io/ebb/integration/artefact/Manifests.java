package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the chart renders, as Kubernetes' own types. */
// Kubernetes calls every field nullable; one that is missing ends the test all the same.
@SuppressWarnings("NullAway")
record Manifests(List<JsonNode> documents) {
    /** Says which field Kubernetes does not know, or misses. */
    private interface Validator {
        void validate(JsonElement document) throws IOException;
    }

    private record Kind(String apiVersion, Class<?> type, Validator validator) {}

    private static final Map<String, Kind> KINDS =
            Map.of(
                    "ConfigMap",
                    new Kind("v1", V1ConfigMap.class, V1ConfigMap::validateJsonElement),
                    "Deployment",
                    new Kind("apps/v1", V1Deployment.class, V1Deployment::validateJsonElement),
                    "NetworkPolicy",
                    new Kind(
                            "networking.k8s.io/v1",
                            V1NetworkPolicy.class,
                            V1NetworkPolicy::validateJsonElement),
                    "PersistentVolumeClaim",
                    new Kind(
                            "v1",
                            V1PersistentVolumeClaim.class,
                            V1PersistentVolumeClaim::validateJsonElement),
                    "Pod",
                    new Kind("v1", V1Pod.class, V1Pod::validateJsonElement),
                    "PodDisruptionBudget",
                    new Kind(
                            "policy/v1",
                            V1PodDisruptionBudget.class,
                            V1PodDisruptionBudget::validateJsonElement),
                    "Service",
                    new Kind("v1", V1Service.class, V1Service::validateJsonElement),
                    "ServiceAccount",
                    new Kind("v1", V1ServiceAccount.class, V1ServiceAccount::validateJsonElement));

    List<String> kinds() {
        return documents.stream().map(Manifests::kind).sorted().toList();
    }

    /**
     * Reads each document as its type: the validator misses types of scalars, the reader finds
     * them.
     */
    List<Object> typed() {
        return documents.stream().map(Manifests::typed).toList();
    }

    /** The one document of this type. */
    <T> T the(Class<T> type) {
        return find(type).orElseThrow(() -> new AssertionError("there is no " + type));
    }

    <T> Optional<T> find(Class<T> type) {
        return typed().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The orchestrator's pod. */
    V1PodSpec pod() {
        return Objects.requireNonNull(the(V1Deployment.class).getSpec().getTemplate().getSpec());
    }

    V1Container orchestrator() {
        return pod().getContainers().getFirst();
    }

    /** The value of a variable of the orchestrator, if it is there and is no reference. */
    Optional<String> variable(String name) {
        return orchestrator().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .flatMap(variable -> Optional.ofNullable(variable.getValue()).stream())
                .findFirst();
    }

    /** The settings file. */
    JsonNode settings() {
        return Yaml.read(datum("ebb.yml")).path("ebb");
    }

    /** What Helm says after installing. */
    String notes() {
        return datum("notes");
    }

    private String datum(String key) {
        return documents.stream()
                .map(document -> document.path("data").path(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElseThrow();
    }

    private static String kind(JsonNode document) {
        return document.path("kind").asText();
    }

    private static Object typed(JsonNode document) {
        var name = kind(document);
        var kind = KINDS.get(name);
        if (kind == null || !kind.apiVersion().equals(document.path("apiVersion").asText())) {
            throw new AssertionError("not a known kind: " + document);
        }
        try {
            var json = JsonParser.parseString(document.toString());
            kind.validator().validate(json);
            return JSON.getGson().fromJson(json, kind.type());
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }
}
