package io.ebb.integration.azure;

import java.time.Duration;
import io.ebb.orchestrator.pool.Patience;
import static io.ebb.integration.azure.Cloud.leave;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends what {@code az} sends for the command that Ebb shows, without Ebb. */
@Timeout(60)
class ByHandContractTest {
    @TempDir private Path folder;

    @Test
    void theCommandPutsTheMemberBackWithoutEbb() throws Exception {
        try (var cloud = new Cloud(folder)) {
            var looked = cloud.look("web-0");
            var place = looked.places().getFirst();
            cloud.pools.apply(looked, leave(looked.places()), Patience.of(Duration.ofMinutes(1)));
            var options = options(cloud.pools.byHand(place.id(), place.saved()).orElseThrow());

            try (var http = HttpClient.newBuilder().sslContext(trust(cloud)).build()) {
                var token = token(http, cloud);
                var url =
                        cloud.server.url()
                                + "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network"
                                        .formatted(
                                                options.get("subscription"),
                                                options.get("resource-group"))
                                + "/networkInterfaces/"
                                + options.get("nic-name")
                                + "?api-version=2025-03-01";
                var nic = send(http, HttpRequest.newBuilder(URI.create(url)), token);
                addPool(nic, options);
                send(
                        http,
                        HttpRequest.newBuilder(URI.create(url))
                                .PUT(BodyPublishers.ofString(nic.toString())),
                        token);
            }

            assertThat(cloud.look("web-0").places())
                    .extracting(Place::id)
                    .containsExactly(place.id());
        }
    }

    private static void addPool(JsonNode nic, Map<String, String> options) {
        var pool =
                "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/loadBalancers/%s/backendAddressPools/%s"
                        .formatted(
                                options.get("subscription"),
                                options.get("resource-group"),
                                options.get("lb-name"),
                                options.get("address-pool"));
        for (var config : nic.at("/properties/ipConfigurations")) {
            if (config.path("name").asText().equals(options.get("ip-config-name"))) {
                ((ObjectNode) config.path("properties"))
                        .withArrayProperty("loadBalancerBackendAddressPools")
                        .addObject()
                        .put("id", pool);
            }
        }
    }

    private static Map<String, String> options(String command) {
        var start = "az network nic ip-config address-pool add ";
        assertThat(command).startsWith(start);
        var options = new HashMap<String, String>();
        for (var option : command.substring(start.length()).split("--", -1)) {
            var words = option.strip().split(" ", 2);
            if (words.length == 2) {
                options.put(words[0], words[1]);
            }
        }
        return options;
    }

    private static String token(HttpClient http, Cloud cloud) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        cloud.server.url()
                                                + "/"
                                                + cloud.scenario.tenant()
                                                + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        "grant_type=client_credentials&client_id=me"
                                                + "&client_secret=secret"
                                                + "&scope=https://management.core.windows.net//.default"));
        return send(http, request, "").path("access_token").asText();
    }

    private static JsonNode send(HttpClient http, HttpRequest.Builder request, String token)
            throws Exception {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Cloud.parse(answer.body());
    }

    private static SSLContext trust(Cloud cloud) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(cloud.certificate())) {
            store.setCertificateEntry(
                    "arm", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
