package io.ebb.orchestrator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The orchestrator that runs with a data folder on this machine. */
final class Orchestrator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path folder;
    private final String url;
    private final String fingerprint;

    private Orchestrator(Path folder, String url, String fingerprint) {
        this.folder = folder;
        this.url = url;
        this.fingerprint = fingerprint;
    }

    /**
     * Finds it by what it left in its data folder.
     *
     * @param url where it is, if not where it said
     * @throws FailedException when it has never run there
     */
    static Orchestrator in(Path folder, Optional<String> url) {
        return new Orchestrator(
                folder,
                url.orElseGet(() -> line(folder, "orchestrator.url")),
                line(folder, "server.fingerprint"));
    }

    /**
     * Gets what needs no token, and reads the answer.
     *
     * @throws FailedException when it does not answer, or not with a 2xx
     */
    JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /**
     * Posts nothing as the operator, and reads the answer.
     *
     * @throws FailedException when it does not answer, or not with a 2xx
     */
    JsonNode post(String path) {
        var token = line(folder, "operator.token");
        return send(
                request(path)
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private JsonNode send(HttpRequest request) {
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(PinnedTrust.context(fingerprint))
                        .connectTimeout(PATIENCE)
                        .build()) {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new FailedException(
                        "%s answered %d: %s"
                                .formatted(url, answer.statusCode(), detail(answer.body())));
            }
            return JSON.readTree(answer.body());
        } catch (ConnectException e) {
            throw new FailedException(
                    "no orchestrator answers at %s: start it first".formatted(url));
        } catch (IOException e) {
            throw new FailedException("talking to %s: %s".formatted(url, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("talking to %s: interrupted".formatted(url));
        }
    }

    private static String line(Path folder, String name) {
        var file = folder.resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new FailedException(
                    "no %s: has the orchestrator been started with this data folder (EBB_DATA)?"
                            .formatted(file));
        } catch (IOException e) {
            throw new FailedException("reading %s: %s".formatted(file, e));
        }
    }

    private static String detail(String body) {
        try {
            return JSON.readTree(body).path("detail").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    /** What was asked for did not happen; the message says why. */
    static final class FailedException extends RuntimeException {
        FailedException(String message) {
            super(message);
        }
    }
}
