package io.ebb.simulator.arm;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Requests through the SDK's own pipeline, with bodies as trees. */
final class Raw {
    private final HttpPipeline pipeline;
    private final String url;

    /** An answer, with the header values that matter, empty when absent. */
    record Reply(int status, ObjectNode body, String operation, String retryAfter, String etag) {
        String error() {
            return body.path("error").path("code").asText();
        }

        String detail() {
            return body.path("error").path("details").path(0).path("code").asText();
        }
    }

    Raw(ArmWorld world) {
        this.pipeline = world.network().httpPipeline();
        this.url = world.server.url();
    }

    Reply get(String id) {
        return send(HttpMethod.GET, url + id + "?api-version=2025-03-01", null, null);
    }

    Reply follow(String link) {
        return send(HttpMethod.GET, link, null, null);
    }

    Reply post(String id) {
        return send(HttpMethod.POST, url + id + "?api-version=2025-03-01", null, Json.object());
    }

    Reply put(String id, @Nullable String etag, ObjectNode body) {
        return send(HttpMethod.PUT, url + id + "?api-version=2025-03-01", etag, body);
    }

    /** Polls an operation to its end and hands out the last answer. */
    ObjectNode ended(String operation) {
        Condition.await(
                "end of " + operation,
                () -> !follow(operation).body().path("status").asText().equals("InProgress"));
        return follow(operation).body();
    }

    /** Puts and waits for the end of the operation. */
    ObjectNode putAndWait(String id, @Nullable String etag, ObjectNode body) {
        var reply = put(id, etag, body);
        if (reply.status() != 200) {
            throw new AssertionError("PUT answered " + reply);
        }
        return ended(reply.operation());
    }

    private Reply send(
            HttpMethod method, String address, @Nullable String etag, @Nullable ObjectNode body) {
        var request = new HttpRequest(method, address);
        if (etag != null) {
            request.setHeader(HttpHeaderName.IF_MATCH, etag);
        }
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
            request.setBody(Json.write(body));
        }
        var response = pipeline.sendSync(request, Context.NONE);
        var text = String.valueOf(response.getBodyAsBinaryData());
        return new Reply(
                response.getStatusCode(),
                text.isEmpty() || text.equals("null") ? Json.object() : Json.read(text),
                header(response.getHeaderValue(HttpHeaderName.fromString("Azure-AsyncOperation"))),
                header(response.getHeaderValue(HttpHeaderName.fromString("Retry-After"))),
                header(response.getHeaderValue(HttpHeaderName.fromString("ETag"))));
    }

    private static String header(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Takes every pool out of an interface. */
    static ObjectNode withoutPools(ObjectNode nic) {
        var copy = nic.deepCopy();
        Json.objects(copy.path("properties").path("ipConfigurations"))
                .forEach(c -> Json.properties(c).putArray("loadBalancerBackendAddressPools"));
        return copy;
    }
}
