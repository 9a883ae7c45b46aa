package io.ebb.orchestrator.azure;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of Azure to look after, and how to reach it. Settings that contradict each other are
 * refused at start, by name.
 *
 * @param subscription the id of the subscription to look after
 * @param resourceGroups the groups whose VMs to look after; empty: the whole subscription, then
 *     {@code tag} must say which
 * @param tag {@code name=value}: look after the VMs that carry it only; empty: all of the groups
 * @param endpoint the address of Azure Resource Manager, {@code https} because tokens are sent to
 *     it
 * @param authority who issues the tokens; absent: Entra's public one
 * @param caFile certificates (PEM) to trust beside the system's
 * @param tags whether a removal is also written into the tags of the network interface
 * @param acknowledge whether the control plane is asked to approve an event once every agent that
 *     sees it has failed to; needs a right of its own, and without it says so and waits
 * @param requestTimeout how long one HTTP exchange may take; what takes over 4 s to be read of a
 *     pool or its members counts as not read
 * @param operationTimeout how long a whole write may take: request, operation and verification
 * @param healthAge how old the load balancer's word on its members may be
 */
@ConfigurationProperties("ebb.azure")
public record AzureSettings(
        @Nullable String subscription,
        @Bindable(defaultValue = "") List<String> resourceGroups,
        @Bindable(defaultValue = "") String tag,
        @Bindable(defaultValue = "https://management.azure.com") URI endpoint,
        @Nullable URI authority,
        @Nullable Path caFile,
        @Bindable(defaultValue = "true") boolean tags,
        @Bindable(defaultValue = "true") boolean acknowledge,
        @Bindable(defaultValue = "30s") Duration requestTimeout,
        @Bindable(defaultValue = "5m") Duration operationTimeout,
        @Bindable(defaultValue = "10s") Duration healthAge) {

    public AzureSettings {
        resourceGroups =
                resourceGroups.stream()
                        .map(String::strip)
                        .filter(group -> !group.isEmpty())
                        .toList();
        require(
                subscription != null && !subscription.isBlank(),
                "ebb.azure.subscription is missing: the id of the subscription to look after");
        require(
                !resourceGroups.isEmpty() || !tag.isBlank(),
                "neither ebb.azure.resource-groups nor ebb.azure.tag is set: one of them must say"
                        + " which VMs to look after");
        require(
                tag.isBlank() || tag.indexOf('=') > 0,
                "ebb.azure.tag is \"" + tag + "\": expected name=value");
        requireHttps("ebb.azure.endpoint", endpoint);
        if (authority != null) {
            requireHttps("ebb.azure.authority", authority);
            require(
                    !isPublic(endpoint),
                    "ebb.azure.authority is "
                            + authority
                            + " but ebb.azure.endpoint is "
                            + endpoint
                            + ", which takes no tokens of another authority: set both or neither");
        }
        require(
                caFile == null || Files.isReadable(caFile),
                "ebb.azure.ca-file is " + caFile + ": cannot be read");
        require(requestTimeout.isPositive(), "ebb.azure.request-timeout must be positive");
        require(
                requestTimeout.compareTo(operationTimeout) < 0,
                "ebb.azure.request-timeout is "
                        + requestTimeout
                        + ", not shorter than ebb.azure.operation-timeout, which is "
                        + operationTimeout);
        require(!healthAge.isNegative(), "ebb.azure.health-age must not be negative");
    }

    /** The subscription's id. */
    @Override
    public String subscription() {
        if (subscription == null) {
            throw new IllegalStateException("refused by the constructor");
        }
        return subscription;
    }

    private static boolean isPublic(URI endpoint) {
        return "management.azure.com".equalsIgnoreCase(endpoint.getHost());
    }

    private static void requireHttps(String name, URI url) {
        require(
                "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null,
                name + " is " + url + ": expected an https URL, because credentials go there");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
