package io.ebb.orchestrator.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Tags an answer with a hash of itself, so that who polls is told what has not changed. */
@Singleton
final class Etags {
    private final ObjectMapper json;

    Etags(ObjectMapper json) {
        this.json = json;
    }

    /** The body with its tag; 304 if the caller has it already. */
    MutableHttpResponse<?> answer(HttpRequest<?> request, Object body) {
        try {
            var bytes = json.writeValueAsBytes(body);
            var tag = '"' + hash(bytes) + '"';
            var known =
                    request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
                            .flatMap(value -> Arrays.stream(value.split(",")))
                            .map(String::strip)
                            .anyMatch(value -> value.equals(tag) || value.equals("W/" + tag));
            MutableHttpResponse<?> answer =
                    known
                            ? HttpResponse.notModified()
                            : HttpResponse.ok(bytes).contentType(MediaType.APPLICATION_JSON_TYPE);
            return answer.header(HttpHeaders.ETAG, tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
