package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked.
 *
 * @param path without the query, decoded, no slash at its end
 * @param query parameters by lower-case name
 * @param base scheme and authority that the client used, for links back
 */
record Request(
        String method,
        String path,
        Map<String, String> query,
        Optional<String> ifMatch,
        Optional<String> authorization,
        String base,
        String body) {

    /** The same with another body. */
    Request with(ObjectNode other) {
        var text = new String(Json.write(other), StandardCharsets.UTF_8);
        return new Request(method, path, query, ifMatch, authorization, base, text);
    }

    List<String> segments() {
        return List.of(path.split("/", -1));
    }
}
