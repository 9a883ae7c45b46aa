package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.Vm;
import java.time.Duration;
import java.time.InstantSource;

/** {@code /metadata/identity}: tokens of the machine's own identity. */
final class IdentityEndpoint {
    private static final Duration VALIDITY = Duration.ofSeconds(3599);

    private final Scenario scenario;
    private final Vm vm;
    private final TokenIssuer tokens;
    private final InstantSource time;

    IdentityEndpoint(Scenario scenario, Vm vm, TokenIssuer tokens, InstantSource time) {
        this.scenario = scenario;
        this.vm = vm;
        this.tokens = tokens;
        this.time = time;
    }

    /** The SDK asks without the header just to see whether anybody answers. */
    static Answer headerMissing() {
        return Answer.error(400, "bad_request_102", "Required metadata header not specified");
    }

    Answer answer(Request request) {
        if (!request.method().equals("GET")) {
            return Answer.error(405, "method_not_allowed", "Method not allowed");
        }
        if (request.segment(2).equals("info")) {
            return Answer.json(
                    JsonNodeFactory.instance.objectNode().put("tenantId", scenario.tenant()));
        }
        if (!request.segment(2).equals("oauth2") || !request.segment(3).equals("token")) {
            return Answer.error(404, "not_found", "Not found");
        }
        return request.parameter("resource")
                .filter(resource -> !resource.isBlank())
                .map(resource -> Answer.json(token(resource)))
                .orElseGet(() ->
                        Answer.error(
                                400,
                                "invalid_resource",
                                "AADSTS50001: The resource principal was not found: the"
                                        + " parameter resource is missing"));
    }

    private ObjectNode token(String resource) {
        long now = time.instant().getEpochSecond();
        long expires = now + VALIDITY.toSeconds();
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue(vm.vmId(), resource))
                .put("refresh_token", "")
                .put("expires_in", Long.toString(VALIDITY.toSeconds()))
                .put("expires_on", Long.toString(expires))
                .put("not_before", Long.toString(now))
                .put("resource", resource)
                .put("token_type", "Bearer");
    }
}
