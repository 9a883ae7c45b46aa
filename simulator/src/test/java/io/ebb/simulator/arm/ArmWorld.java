package io.ebb.simulator.arm;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.network.NetworkManager;
import com.azure.resourcemanager.resources.ResourceManager;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A running ARM with quick operations, and the unmodified SDK pointed at it. */
final class ArmWorld implements AutoCloseable {
    static final String QUICK = "{ nicPut: 20ms, poolPut: 20ms, operation: 400ms, retryAfter: 1s }";

    final Scenario scenario;
    final Resources resources;
    final Faults faults = new Faults();
    final Record record = new Record(InstantSource.system());
    final FakeFleet fleet;
    final ArmServer server;
    final SSLContext tls;
    private final Path certificate;

    ArmWorld() {
        this(QUICK, "web");
    }

    ArmWorld(String timings, String availabilitySet) {
        this(timings, availabilitySet, true);
    }

    /** Only the network, and hardware for three machines. */
    static ArmWorld empty() {
        return new ArmWorld(QUICK, "web", false);
    }

    private ArmWorld(String timings, String availabilitySet, boolean deployed) {
        try {
            certificate = Files.createTempFile("arm", ".pem");
            scenario =
                    ScenarioReader.read(
                            """
                            addresses: { arm: "127.0.0.1:0" }
                            certificate: %s
                            availabilitySet: %s
                            deployed: %s
                            timings: %s
                            """
                                    .formatted(certificate, availabilitySet, deployed, timings));
            resources = new Resources(scenario);
            fleet = new FakeFleet(scenario, record);
            server =
                    new ArmServer(
                            scenario,
                            resources,
                            new Fleet(
                                    fleet,
                                    fleet,
                                    fleet,
                                    fleet,
                                    _ -> new RuleHealth.Verdict(true, "Up_Probe_Success")),
                            faults,
                            record,
                            InstantSource.system());
            server.start();
            tls = trusting(certificate);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    NetworkManager network() {
        return NetworkManager.configure()
                .withHttpClient(http())
                .withRetryPolicy(noRetry())
                .authenticate(credential(), profile());
    }

    ComputeManager compute() {
        return ComputeManager.configure()
                .withHttpClient(http())
                .withRetryPolicy(noRetry())
                .authenticate(credential(), profile());
    }

    ResourceManager resourceManager() {
        return ResourceManager.configure()
                .withHttpClient(http())
                .withRetryPolicy(noRetry())
                .authenticate(credential(), profile())
                .withSubscription(scenario.subscription());
    }

    /** DefaultAzureCredential as a process with a client's secret in its environment has it. */
    TokenCredential credential() {
        var environment =
                new ConfigurationBuilder()
                        .putProperty("AZURE_TENANT_ID", scenario.tenant())
                        .putProperty("AZURE_CLIENT_ID", "99999999-0000-0000-0000-000000000001")
                        .putProperty("AZURE_CLIENT_SECRET", "secret")
                        .build();
        return new DefaultAzureCredentialBuilder()
                .configuration(environment)
                .authorityHost(server.url() + "/")
                .disableInstanceDiscovery()
                .httpClient(http())
                .build();
    }

    HttpClient http() {
        return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(tls))
                .build();
    }

    String nicId(String vm) {
        return scenario.groupId() + "/providers/Microsoft.Network/networkInterfaces/" + vm + "-nic";
    }

    String poolId() {
        return scenario.groupId()
                + "/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/web";
    }

    /** Whether the data plane has the machine in the pool. */
    boolean inEffect(String vm) {
        return resources.inEffect().stream().anyMatch(m -> m.vm().equals(vm));
    }

    private AzureProfile profile() {
        var endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", server.url());
        endpoints.put("activeDirectoryEndpointUrl", server.url() + "/");
        return new AzureProfile(
                scenario.tenant(), scenario.subscription(), new AzureEnvironment(endpoints));
    }

    private static RetryPolicy noRetry() {
        return new RetryPolicy(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "arm", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        server.close();
        try {
            Files.deleteIfExists(certificate);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
