package io.ebb.orchestrator.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Configuration;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.resourcemanager.compute.ComputeManager;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;

/** Builds the SDK's clients: the JDK's transport, own trust, the usual credentials, no retries. */
public final class ArmConnection {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private ArmConnection() {}

    /**
     * Connects; nothing is sent yet.
     *
     * @param environment where credentials are looked for
     */
    public static Arm open(AzureSettings settings, Configuration environment, InstantSource clock) {
        var http =
                new JdkHttpClientBuilder(
                                java.net.http.HttpClient.newBuilder()
                                        .sslContext(Trust.of(settings.caFile())))
                        .connectionTimeout(CONNECT)
                        .responseTimeout(settings.requestTimeout())
                        .readTimeout(settings.requestTimeout())
                        .build();
        var credential = credential(settings, environment, http);
        var profile = new AzureProfile(null, settings.subscription(), cloud(settings));
        var compute =
                ComputeManager.configure()
                        .withHttpClient(http)
                        .withRetryPolicy(never())
                        .authenticate(credential, profile);
        return new Arm(
                compute.serviceClient(),
                // It has one of its own; another would take as long again to make.
                compute.networkManager().serviceClient(),
                settings,
                clock);
    }

    private static TokenCredential credential(
            AzureSettings settings, Configuration environment, HttpClient http) {
        var builder =
                new DefaultAzureCredentialBuilder().httpClient(http).configuration(environment);
        URI authority = settings.authority();
        if (authority != null) {
            // An authority of one's own is not in the public one's list of authorities.
            builder.authorityHost(authority.toString()).disableInstanceDiscovery();
        }
        return builder.build();
    }

    private static AzureEnvironment cloud(AzureSettings settings) {
        var endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", settings.endpoint().toString());
        var authority = settings.authority();
        if (authority != null) {
            endpoints.put("activeDirectoryEndpointUrl", authority.toString());
        }
        return new AzureEnvironment(endpoints);
    }

    /** The SDK would sleep a throttle out inside the call, and send a write twice. */
    private static RetryPolicy never() {
        return new RetryPolicy(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
    }
}
