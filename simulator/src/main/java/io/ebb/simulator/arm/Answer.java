package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a request is answered. */
record Answer(int status, Map<String, String> headers, Optional<ObjectNode> body) {

    static Answer of(int status, ObjectNode body) {
        return new Answer(status, Map.of(), Optional.of(body));
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), Optional.empty());
    }

    Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
