package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** An error that ARM answers, with the codes and texts of the wire. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final Map<String, String> MESSAGES =
            Map.of(
                    "AnotherOperationInProgress",
                            "Another operation on this or dependent resource is in progress.",
                    "RetryableError", "A retryable error occurred.",
                    "PreconditionFailed", "Precondition failed.",
                    "TooManyRequests", "The request is being throttled.",
                    "Canceled", "Operation was canceled.",
                    "LinkedAuthorizationFailed",
                            "The client has permission to perform action"
                                    + " 'Microsoft.Network/networkInterfaces/write' on scope (…);"
                                    + " however, it does not have permission to perform action"
                                    + " 'Microsoft.Network/loadBalancers/backendAddressPools/join/action'"
                                    + " on the linked scope(s) (…).");
    private static final Map<String, String> DETAILS =
            Map.of(
                    "RetryableError", "ReferencedResourceNotProvisioned",
                    "PreconditionFailed", "PreconditionFailedEtagMismatch",
                    "Canceled", "CanceledAndSupersededDueToAnotherOperation");

    private final int status;
    private final transient ObjectNode body;
    private final transient Optional<Duration> retryAfter;

    private Refusal(int status, ObjectNode body, Optional<Duration> retryAfter) {
        super(body.toString(), null, false, false);
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    /** {@code {"error":{"code","message","details":[…]}}}. */
    ObjectNode body() {
        return body;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    static Refusal badRequest(String code, String message) {
        return new Refusal(400, error(code, message), Optional.empty());
    }

    static Refusal unauthorized(String message) {
        return new Refusal(401, error("AuthenticationFailed", message), Optional.empty());
    }

    static Refusal notFound(String code, String message) {
        return new Refusal(404, error(code, message), Optional.empty());
    }

    static Refusal conflict(String code, String message) {
        return new Refusal(409, error(code, message), Optional.empty());
    }

    /** There is no hardware for a machine. */
    static Refusal allocationFailed(String vm) {
        return conflict(
                "AllocationFailed",
                "Allocation failed. We do not have sufficient capacity for the requested VM size in"
                        + " this region: the scenario has no free machine of the name "
                        + vm
                        + ".");
    }

    /** The error that an operation ended with. */
    static Refusal ofOperation(ObjectNode error) {
        return new Refusal(409, error, Optional.empty());
    }

    static Refusal resourceNotFound(ResourceId id) {
        return notFound(
                "ResourceNotFound",
                "The Resource '"
                        + id.type()
                        + "/"
                        + id.name()
                        + "' under resource group '"
                        + id.resourceGroup()
                        + "' was not found.");
    }

    static Refusal methodNotAllowed(String method) {
        return new Refusal(
                405,
                error("MethodNotAllowed", "The simulator does not play " + method + " here."),
                Optional.empty());
    }

    /** The network resource provider's answer to an If-Match that is out of date. */
    static Refusal etagMismatch(String given, String actual, String id) {
        return new Refusal(
                412,
                error(
                        "PreconditionFailed",
                        "Precondition failed.",
                        "PreconditionFailedEtagMismatch",
                        "Etag provided in if-match header %s does not match etag %s of resource %s in NRP data store."
                                .formatted(given, actual, id)),
                Optional.empty());
    }

    static Refusal anotherOperation(String id) {
        return new Refusal(
                409,
                error(
                        "AnotherOperationInProgress",
                        "Another operation on this or dependent resource is in progress. To"
                                + " retrieve status of the operation use uri: "
                                + id),
                Optional.empty());
    }

    /** The provisioning lock: a status of throttling that is none. */
    static Refusal notProvisioned(String resource, String usedBy, String state) {
        return new Refusal(
                429,
                error(
                        "RetryableError",
                        "A retryable error occurred.",
                        "ReferencedResourceNotProvisioned",
                        ("Cannot proceed with operation because resource %s used by resource %s is not in"
                                        + " Succeeded state. Resource is in %s state and the last operation that"
                                        + " updated/is updating the resource is PutNicOperation.")
                                .formatted(resource, usedBy, state)),
                Optional.empty());
    }

    static Refusal throttled(Duration retryAfter) {
        return new Refusal(
                429,
                error(
                        "SubscriptionRequestsThrottled",
                        "Number of requests for subscription exceeded the limit. Please try again"
                                + " after '"
                                + retryAfter.toSeconds()
                                + "' seconds."),
                Optional.of(retryAfter));
    }

    /** A misbehaviour that was switched on, with the texts that belong to its code. */
    static Refusal injected(int status, String code, Optional<Duration> retryAfter) {
        var message = MESSAGES.getOrDefault(code, "The simulator was told to refuse this.");
        var detail = DETAILS.get(code);
        return new Refusal(
                status,
                detail == null
                        ? error(code, message)
                        : error(code, message, detail, "The simulator was told to refuse this."),
                retryAfter);
    }

    static ObjectNode error(String code, String message) {
        var body = Json.object();
        body.putObject("error").put("code", code).put("message", message).putArray("details");
        return body;
    }

    static ObjectNode error(String code, String message, String detail, String detailMessage) {
        var body = Json.object();
        body.putObject("error")
                .put("code", code)
                .put("message", message)
                .putArray("details")
                .addObject()
                .put("code", detail)
                .put("message", detailMessage);
        return body;
    }
}
