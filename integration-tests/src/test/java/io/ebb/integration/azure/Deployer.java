package io.ebb.integration.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Deploys templates to a resource group with the unmodified SDK, over TLS. */
public final class Deployer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "rg";

    private final ResourceManager azure;
    private final String arm;

    /**
     * Logs in to the simulated tenant.
     *
     * @param arm the base address of ARM
     * @param certificate the one to trust, PEM
     */
    public Deployer(String arm, Path certificate) {
        this.arm = arm;
        var http =
                new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(Az.trust(certificate)))
                        .build();
        var endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", arm);
        endpoints.put("activeDirectoryEndpointUrl", arm + "/");
        var me =
                new ClientSecretCredentialBuilder()
                        .tenantId(Az.TENANT)
                        .clientId("99999999-0000-0000-0000-000000000001")
                        .clientSecret("secret")
                        .authorityHost(arm + "/")
                        .disableInstanceDiscovery()
                        .httpClient(http)
                        .build();
        this.azure =
                ResourceManager.configure()
                        .withHttpClient(http)
                        .authenticate(
                                me,
                                new AzureProfile(
                                        Az.TENANT,
                                        Az.SUBSCRIPTION,
                                        new AzureEnvironment(endpoints)))
                        .withSubscription(Az.SUBSCRIPTION);
    }

    /**
     * Deploys, and returns when everything is there.
     *
     * @param parameters the value of each
     * @return the outputs
     * @throws com.azure.core.management.exception.ManagementException if it is refused, or fails
     */
    public Map<String, String> deploy(
            String name, JsonNode template, Map<String, JsonNode> parameters) throws IOException {
        var given = JSON.createObjectNode();
        parameters.forEach((parameter, value) -> given.putObject(parameter).set("value", value));
        var deployment =
                azure.deployments()
                        .define(name)
                        .withExistingResourceGroup(GROUP)
                        .withTemplate(template.toString())
                        .withParameters(given.toString())
                        .withMode(DeploymentMode.INCREMENTAL)
                        .create();
        var outputs = new TreeMap<String, String>();
        JSON.<JsonNode>valueToTree(deployment.outputs())
                .properties()
                .forEach(output ->
                        outputs.put(output.getKey(), output.getValue().path("value").asText()));
        return outputs;
    }

    /** What a GET below the resource group's providers answers. */
    public JsonNode get(String typeAndName) throws IOException {
        var url =
                "%s/subscriptions/%s/resourceGroups/%s/providers/%s?api-version=2025-03-01"
                        .formatted(arm, Az.SUBSCRIPTION, GROUP, typeAndName);
        try (var answer =
                azure.httpPipeline().sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE)) {
            return JSON.readTree(answer.getBodyAsBinaryData().toString());
        }
    }
}
