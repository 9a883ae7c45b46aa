package io.ebb.orchestrator.azure;

import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.orchestrator.pool.CloudException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ARM's refusal, classified: the codes decide before the status does, and the details' codes before
 * the outer one, because a 429 may be a lock and a 400 may clear by waiting.
 *
 * @param status of HTTP; 0 for an operation that ended badly after a good answer
 * @param codes the details' codes, then the outer one
 */
record Refusal(int status, String answer, List<String> codes, Optional<Duration> retryAfter) {
    /** How long a lock of the provider's is given when the answer does not say. */
    static final Duration LOCK = Duration.ofSeconds(5);

    private static final int LONGEST_MESSAGE = 600;

    enum Kind {
        /** Too many requests: nothing may be sent before the time named. */
        THROTTLED,
        /** Locked by another write, which ends by itself. */
        LOCKED,
        TRANSIENT,
        CONFLICT,
        PERMANENT
    }

    private static final Map<String, Kind> BY_CODE =
            Map.ofEntries(
                    Map.entry("preconditionfailed", Kind.CONFLICT),
                    Map.entry("preconditionfailedetagmismatch", Kind.CONFLICT),
                    Map.entry("canceledandsupersededduetoanotheroperation", Kind.CONFLICT),
                    Map.entry("canceled", Kind.CONFLICT),
                    Map.entry("resourcenotfound", Kind.CONFLICT),
                    Map.entry("referencedresourcenotprovisioned", Kind.LOCKED),
                    Map.entry("retryableerror", Kind.LOCKED),
                    Map.entry("retryableerrorduetoanotheroperation", Kind.LOCKED),
                    Map.entry("anotheroperationinprogress", Kind.LOCKED),
                    Map.entry("toomanyrequests", Kind.THROTTLED),
                    Map.entry("subscriptionrequeststhrottled", Kind.THROTTLED),
                    Map.entry("gatewayerror", Kind.TRANSIENT),
                    Map.entry("internalservererror", Kind.TRANSIENT),
                    Map.entry("networkinginternaloperationerror", Kind.TRANSIENT),
                    Map.entry("servertimeout", Kind.TRANSIENT),
                    Map.entry("serviceunavailable", Kind.TRANSIENT),
                    Map.entry("expiredauthenticationtoken", Kind.TRANSIENT),
                    Map.entry("authorizationfailed", Kind.PERMANENT),
                    Map.entry("linkedauthorizationfailed", Kind.PERMANENT),
                    Map.entry("scopelocked", Kind.PERMANENT),
                    Map.entry("requestdisallowedbypolicy", Kind.PERMANENT),
                    Map.entry("modificationofnicipconfigbackendpoolnotsupported", Kind.PERMANENT),
                    Map.entry(
                            "cannotmixipbasedaddressesandipconfigurationsonloadbalancerbackendaddresspool",
                            Kind.PERMANENT),
                    Map.entry(
                            "duplicateipconfigurationreferenceonbackendaddresspool",
                            Kind.PERMANENT),
                    Map.entry("invalidresourcereference", Kind.PERMANENT),
                    Map.entry("invalidrequestformat", Kind.PERMANENT));

    Refusal {
        codes = List.copyOf(codes);
    }

    /** Reads a bad answer. */
    static Refusal of(Answer answer) {
        return of(
                answer.status(),
                "ARM answered " + answer.status(),
                answer.body().path("error"),
                answer.retryAfter());
    }

    /** Reads an operation that ended otherwise than well. */
    static Refusal ofOperation(JsonNode operation) {
        return of(
                0,
                "ARM's operation ended " + operation.path("status").asText("without a status"),
                operation.path("error"),
                Optional.empty());
    }

    /** Reads what the SDK's typed calls throw. */
    static Refusal of(ManagementException thrown) {
        var response = thrown.getResponse();
        var status = response == null ? 0 : response.getStatusCode();
        var error = thrown.getValue();
        var details = new ArrayList<String>();
        if (error != null && error.getDetails() != null) {
            error.getDetails().stream().map(ManagementError::getCode).forEach(details::add);
        }
        return of(
                status,
                "ARM answered " + status,
                details,
                error == null ? null : error.getCode(),
                error == null ? thrown.getMessage() : error.getMessage(),
                response == null ? Optional.empty() : Wire.retryAfter(response.getHeaders()));
    }

    private static Refusal of(
            int status, String answer, JsonNode error, Optional<Duration> retryAfter) {
        var details =
                error.path("details").valueStream().map(d -> d.path("code").asText()).toList();
        // The detail is the real reason; the outer text is often just "a retryable error occurred".
        var messages =
                Stream.concat(
                                Stream.of(error.path("message").asText()),
                                error.path("details")
                                        .valueStream()
                                        .map(d -> d.path("message").asText()))
                        .filter(text -> !text.isBlank())
                        .distinct()
                        .toList();
        return of(
                status,
                answer,
                details,
                error.path("code").asText(),
                String.join(" ", messages),
                retryAfter);
    }

    private static Refusal of(
            int status,
            String answer,
            List<String> details,
            @Nullable String code,
            @Nullable String message,
            Optional<Duration> retryAfter) {
        var text = new StringBuilder(answer);
        if (code != null && !code.isEmpty()) {
            text.append(' ').append(code);
        }
        if (!details.isEmpty()) {
            text.append(" (").append(String.join(", ", details)).append(')');
        }
        if (message != null && !message.isBlank()) {
            text.append(": ").append(message.strip());
        }
        var codes = new ArrayList<>(details);
        if (code != null) {
            codes.add(code);
        }
        return new Refusal(
                status,
                text.length() > LONGEST_MESSAGE
                        ? text.substring(0, LONGEST_MESSAGE) + "…"
                        : text.toString(),
                codes,
                retryAfter);
    }

    boolean has(String code) {
        return codes.stream().anyMatch(code::equalsIgnoreCase);
    }

    Kind kind() {
        if (isStuck()) {
            return Kind.PERMANENT;
        }
        return codes.stream()
                .map(code -> BY_CODE.get(code.toLowerCase(Locale.ROOT)))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseGet(this::byStatus);
    }

    /** A resource in the Failed state blocks every write that refers to it, and stays so. */
    private boolean isStuck() {
        return has("ReferencedResourceNotProvisioned") && answer.contains("is in Failed state");
    }

    private Kind byStatus() {
        return switch (status) {
            case 409, 412 -> Kind.CONFLICT;
            case 408 -> Kind.TRANSIENT;
            case 429 -> Kind.THROTTLED;
            default -> status >= 500 ? Kind.TRANSIENT : Kind.PERMANENT;
        };
    }

    CloudException toException(String doing) {
        var message = doing + ": " + answer;
        return switch (kind()) {
            case THROTTLED, TRANSIENT -> new CloudException.Transient(message, retryAfter, null);
            case LOCKED ->
                    new CloudException.Transient(
                            message, retryAfter.or(() -> Optional.of(LOCK)), null);
            case CONFLICT -> new CloudException.Conflict(message, null);
            case PERMANENT -> new CloudException.Permanent(message, null);
        };
    }
}
