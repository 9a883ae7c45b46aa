package io.ebb.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP, for the fleet's own questions and orders (not for its load). */
final class Rest {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final URI base;
    private final Map<String, String> headers;

    private Rest(HttpClient client, URI base, Map<String, String> headers) {
        this.client = client;
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    static Rest plain(String base) {
        return new Rest(builder().build(), URI.create(base), Map.of());
    }

    static Rest pinned(String base, SSLContext trust, String token) {
        return new Rest(
                builder().sslContext(trust).build(),
                URI.create(base),
                Map.of("Authorization", "Bearer " + token));
    }

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /**
     * Calls, and gives the body of the answer; a missing node for an empty one.
     *
     * @throws UncheckedIOException when nobody answers, or with another status than 2xx
     */
    JsonNode call(String method, String path, @Nullable JsonNode body) {
        return call(method, path, body, Map.of());
    }

    /** The same, with more headers. */
    JsonNode call(String method, String path, @Nullable JsonNode body, Map<String, String> more) {
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(5))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        more.forEach(request::header);
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(
                        method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isBlank()
                    ? MissingNode.getInstance()
                    : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    /** Whether somebody answers with 2xx. */
    boolean answers(String path) {
        try {
            get(path);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2));
    }
}
