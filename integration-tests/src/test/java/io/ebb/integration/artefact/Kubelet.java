package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Asks a pod's probes as a kubelet does, which does not look at certificates. */
final class Kubelet {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private Kubelet() {}

    /**
     * Whether an HTTP probe succeeds: with a status from 200 to 399.
     *
     * @param url where its port is
     * @param probe its {@code httpGet}
     */
    static boolean succeeds(String url, JsonNode probe) {
        if (!url.startsWith(probe.path("scheme").asText("none").toLowerCase(Locale.ROOT))) {
            throw new AssertionError("asked by another scheme than " + url + ": " + probe);
        }
        try (var client =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).sslContext(trusting()).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url + probe.path("path").asText()))
                            .timeout(TIMEOUT)
                            .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
