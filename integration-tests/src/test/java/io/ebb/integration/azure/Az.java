package io.ebb.integration.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Sends to ARM what {@code az} sends for the commands that Ebb and its documents name. */
public final class Az implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADD = "az network nic ip-config address-pool add ";
    private static final String RESTART = "az vm restart ";
    static final String TENANT = "66666666-7777-8888-9999-000000000000";
    static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

    private final HttpClient http;
    private final String arm;
    private final String token;

    /**
     * Logs in to the simulated tenant.
     *
     * @param arm the base address of ARM
     * @param certificate the one to trust, PEM
     */
    public Az(String arm, Path certificate) {
        this.arm = arm;
        this.http = HttpClient.newBuilder().sslContext(trust(certificate)).build();
        this.token = login();
    }

    /** Carries out one command line. */
    public void run(String command) {
        if (command.startsWith(ADD)) {
            addToPool(options(command.substring(ADD.length())));
        } else if (command.startsWith(RESTART)) {
            restart(options(command.substring(RESTART.length())));
        } else {
            throw new AssertionError("no command that is known here: " + command);
        }
    }

    /** The names of a network interface's tags. */
    public List<String> tags(String resourceGroup, String nic) {
        var names = new ArrayList<String>();
        nic(resourceGroup, nic).path("tags").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A network interface without what changes with every write: etags and progress. */
    public JsonNode content(String resourceGroup, String nic) {
        var content = nic(resourceGroup, nic);
        strip(content);
        return content;
    }

    /**
     * Gives a network interface's tag another value.
     *
     * @return false when ARM refuses because another write is under way
     */
    public boolean tag(String resourceGroup, String nic, String name, String value) {
        var tree = (ObjectNode) nic(resourceGroup, nic);
        tree.withObjectProperty("tags").put(name, value);
        var answer = answer(request("PUT", path(resourceGroup, nic), tree.toString()));
        return answer.statusCode() != 409 && read(answer).isObject();
    }

    private JsonNode nic(String resourceGroup, String nic) {
        return call("GET", path(resourceGroup, nic), "");
    }

    private static String path(String resourceGroup, String nic) {
        return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/networkInterfaces/%s?api-version=2025-03-01"
                .formatted(SUBSCRIPTION, resourceGroup, nic);
    }

    private static void strip(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.remove(List.of("etag", "provisioningState"));
        }
        tree.forEach(Az::strip);
    }

    private void restart(Map<String, String> options) {
        var vm =
                "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Compute/virtualMachines/%s"
                        .formatted(
                                SUBSCRIPTION, options.get("resource-group"), options.get("name"));
        call("POST", vm + "/restart?api-version=2024-07-01", "");
    }

    private void addToPool(Map<String, String> options) {
        var network =
                "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network"
                        .formatted(options.get("subscription"), options.get("resource-group"));
        var pool =
                network
                        + "/loadBalancers/%s/backendAddressPools/%s"
                                .formatted(options.get("lb-name"), options.get("address-pool"));
        var url =
                network
                        + "/networkInterfaces/"
                        + options.get("nic-name")
                        + "?api-version=2025-03-01";
        var nic = call("GET", url, "");
        for (var config : nic.at("/properties/ipConfigurations")) {
            if (config.path("name").asText().equals(options.get("ip-config-name"))) {
                ((ObjectNode) config.path("properties"))
                        .withArrayProperty("loadBalancerBackendAddressPools")
                        .addObject()
                        .put("id", pool);
            }
        }
        call("PUT", url, nic.toString());
    }

    /** Long options only: that is how Ebb writes them. */
    private static Map<String, String> options(String words) {
        var options = new HashMap<String, String>();
        for (var option : words.split("--", -1)) {
            var pair = option.strip().split(" ", 2);
            if (pair.length == 2) {
                options.put(pair[0], pair[1]);
            }
        }
        return options;
    }

    private String login() {
        var form =
                "grant_type=client_credentials&client_id=me&client_secret=secret"
                        + "&scope=https://management.core.windows.net//.default";
        return send(HttpRequest.newBuilder(URI.create(arm + "/" + TENANT + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .path("access_token")
                .asText();
    }

    private JsonNode call(String method, String path, String body) {
        return send(request(method, path, body));
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(arm + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body));
    }

    private JsonNode send(HttpRequest.Builder request) {
        return read(answer(request));
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static SSLContext trust(Path certificate) {
        try (var in = Files.newInputStream(certificate)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "arm", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
