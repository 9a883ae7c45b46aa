package io.ebb.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What the orchestrator answers to an operator. Nothing while it does not answer. */
public final class OperatorApi {
    private final Rest rest;

    OperatorApi(Rest rest) {
        this.rest = rest;
    }

    /**
     * That of one which somebody else has started.
     *
     * @param fingerprint of its certificate
     * @param token the operator's
     */
    public static OperatorApi at(String url, String fingerprint, String token) {
        return new OperatorApi(Rest.pinned(url, Pin.of(fingerprint), token));
    }

    /** Whether it answers at all. */
    public boolean answers() {
        return rest.answers("/v1/info");
    }

    /** All drains. */
    public List<JsonNode> drains() {
        return values("/v1/drains");
    }

    /** The scheduled events that it knows. */
    public List<JsonNode> events() {
        return values("/v1/scheduledEvents");
    }

    /** What a drain's timeline says after this sequence number. */
    public List<JsonNode> timeline(String drain, long after) {
        try {
            return StreamSupport.stream(
                            rest.get("/v1/drains/" + drain).path("timeline").spliterator(), false)
                    .filter(entry -> entry.path("sequence").asLong() > after)
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    /** The VMs that it knows. */
    public List<JsonNode> vms() {
        return values("/v1/vms");
    }

    /**
     * Asks something of a VM or of an event, as {@code /v1/vms/web-1:drain}.
     *
     * @return the instruction
     * @throws UncheckedIOException when nobody answers, or it is refused
     */
    public JsonNode ask(String path, String reason) {
        return ask(path, reason, UUID.randomUUID().toString());
    }

    /**
     * The same, so that it may be repeated when no answer comes.
     *
     * @param operation the same for the same
     */
    public JsonNode ask(String path, String reason, String operation) {
        return rest.call(
                "POST",
                path,
                Rest.JSON.createObjectNode().put("reason", reason),
                Map.of("Operation-Id", operation));
    }

    /** The policy in force. */
    public JsonNode policy() {
        return rest.get("/v1/policy");
    }

    /**
     * Replaces the policy by itself, if this version is still in force. Asking again, because no
     * answer came, is answered as the first time.
     *
     * @return the version that is in force then
     * @throws UncheckedIOException when nobody answers, or it is refused
     */
    public int revise(int version, String reason) {
        ObjectNode revised = policy().path("document").deepCopy();
        try {
            return rest.call(
                            "PUT",
                            "/v1/policy",
                            revised.put("reason", reason),
                            Map.of("If-Match", "\"%d\"".formatted(version)))
                    .path("version")
                    .asInt();
        } catch (UncheckedIOException refused) {
            var inForce = policy();
            if (inForce.path("why").asText().equals(reason)) {
                return inForce.path("version").asInt();
            }
            throw refused;
        }
    }

    /**
     * Withdraws an instruction.
     *
     * @throws UncheckedIOException when nobody answers, or it is refused
     */
    public JsonNode withdraw(JsonNode instruction) {
        return rest.call("DELETE", "/v1/instructions/" + instruction.path("id").asText(), null);
    }

    /** When its last turn looked; empty before the first. */
    public Optional<Instant> lookedAt() {
        try {
            return Optional.of(rest.get("/v1/info").path("lookedAt"))
                    .filter(JsonNode::isTextual)
                    .map(time -> Instant.parse(time.asText()));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private List<JsonNode> values(String path) {
        try {
            return StreamSupport.stream(rest.get(path).path("value").spliterator(), false).toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }
}
