package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the metadata service answers. */
record Answer(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json; charset=utf-8";

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(JsonNode body) {
        return new Answer(200, JSON, body.toString(), Map.of());
    }

    static Answer text(String body) {
        return new Answer(200, "text/plain; charset=utf-8", body, Map.of());
    }

    static Answer empty(int status) {
        return new Answer(status, JSON, "", Map.of());
    }

    /** The schema of all errors but those of tokens. */
    static Answer error(int status, String message) {
        var body = JsonNodeFactory.instance.objectNode().put("error", message);
        return new Answer(status, JSON, body.toString(), Map.of());
    }

    /** The schema of token errors. */
    static Answer error(int status, String error, String description) {
        var body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", error)
                        .put("error_description", description);
        return new Answer(status, JSON, body.toString(), Map.of());
    }

    Answer with(String header, String value) {
        var all = new java.util.HashMap<>(headers);
        all.put(header, value);
        return new Answer(status, contentType, body, all);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
