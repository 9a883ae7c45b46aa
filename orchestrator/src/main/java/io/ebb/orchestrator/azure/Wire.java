package io.ebb.orchestrator.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** JSON trees and headers as they are on the wire. Numbers keep every digit they came with. */
final class Wire {
    static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private static final HttpHeaderName OPERATION =
            HttpHeaderName.fromString("Azure-AsyncOperation");

    private Wire() {}

    static Answer answer(int status, HttpHeaders headers, byte[] body) {
        return new Answer(
                status,
                tree(status, body),
                Optional.ofNullable(headers.getValue(OPERATION)),
                Optional.ofNullable(headers.getValue(HttpHeaderName.LOCATION)),
                retryAfter(headers));
    }

    /** Seconds, the only form that ARM sends. */
    static Optional<Duration> retryAfter(HttpHeaders headers) {
        var value = headers.getValue(HttpHeaderName.RETRY_AFTER);
        return value != null && value.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JacksonException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }

    private static JsonNode tree(int status, byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            // A gateway's error page in HTML says no more than its status does.
            if (status >= 400) {
                return MissingNode.getInstance();
            }
            throw new java.io.UncheckedIOException("ARM's answer is not JSON", e);
        }
    }
}
