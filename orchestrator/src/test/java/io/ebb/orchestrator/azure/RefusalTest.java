package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.azure.Refusal.Kind;
import io.ebb.orchestrator.pool.CloudException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class RefusalTest {

    @ParameterizedTest(name = "{0} {1} ({2}) is {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "412, PreconditionFailed, PreconditionFailedEtagMismatch, -, CONFLICT",
                "412, -, -, -, CONFLICT",
                "429, RetryableError, ReferencedResourceNotProvisioned, Resource is in Updating state, LOCKED",
                "400, ReferencedResourceNotProvisioned, -, Resource is in Updating state, LOCKED",
                "429, RetryableError, ReferencedResourceNotProvisioned, Resource is in Failed state, PERMANENT",
                "429, RetryableErrorDueToAnotherOperation, -, -, LOCKED",
                "409, AnotherOperationInProgress, -, -, LOCKED",
                "429, TooManyRequests, -, -, THROTTLED",
                "429, toomanyrequests, -, -, THROTTLED",
                "429, SubscriptionRequestsThrottled, -, -, THROTTLED",
                "429, OperationNotAllowed, -, -, THROTTLED",
                "409, OperationNotAllowed, -, -, CONFLICT",
                "429, TooManyRequests, GatewayError, -, TRANSIENT",
                "0, Canceled, CanceledAndSupersededDueToAnotherOperation, -, CONFLICT",
                "0, Canceled, -, -, CONFLICT",
                "400, ModificationOfNICIpConfigBackendPoolNotSupported, -, -, PERMANENT",
                "400, CannotMixIPBasedAddressesAndIPConfigurationsOnLoadBalancerBackendAddressPool, -, -, PERMANENT",
                "400, DuplicateIpConfigurationReferenceOnBackendAddressPool, -, -, PERMANENT",
                "400, InvalidResourceReference, -, -, PERMANENT",
                "400, InvalidRequestFormat, -, -, PERMANENT",
                "403, AuthorizationFailed, -, -, PERMANENT",
                "403, LinkedAuthorizationFailed, -, -, PERMANENT",
                "409, ScopeLocked, -, -, PERMANENT",
                "404, ResourceNotFound, -, -, CONFLICT",
                "404, ResourceGroupNotFound, -, -, PERMANENT",
                "500, InternalServerError, -, -, TRANSIENT",
                "503, -, -, -, TRANSIENT",
                "408, -, -, -, TRANSIENT",
                "0, SomethingElse, -, -, PERMANENT",
            })
    void theCodeDecidesBeforeTheStatus(
            int status,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String message,
            Kind kind) {
        var refusal = Refusal.of(answer(status, code, detail, message));

        assertThat(refusal.kind()).isEqualTo(kind);
    }

    @Test
    void theMessageNamesTheResourceAndTheAnswer() {
        var thrown =
                Refusal.of(
                                answer(
                                        409,
                                        "AnotherOperationInProgress",
                                        null,
                                        "Another operation is on."))
                        .toException("taking web-0 out of pool web");

        assertThat(thrown)
                .isInstanceOf(CloudException.Transient.class)
                .hasMessage(
                        "taking web-0 out of pool web: ARM answered 409 AnotherOperationInProgress:"
                                + " Another operation is on.");
    }

    @Test
    void aThrottleCarriesArmsOwnWordAndALockOurs() {
        var throttled =
                (CloudException.Transient)
                        Refusal.of(answer(429, "TooManyRequests", null, "")).toException("x");
        var locked =
                (CloudException.Transient)
                        new Refusal(
                                        409,
                                        "",
                                        java.util.List.of("AnotherOperationInProgress"),
                                        Optional.empty())
                                .toException("x");

        assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(locked.retryAfter()).contains(Refusal.LOCK);
    }

    @Test
    void aSupersededOperationTellsWhatItLostTo() {
        var operation =
                answer(200, "Canceled", "CanceledAndSupersededDueToAnotherOperation", "Superseded.")
                        .body();
        ((ObjectNode) operation).put("status", "Canceled");

        assertThat(Refusal.ofOperation(operation).toException("putting web-0 back into pool web"))
                .isInstanceOf(CloudException.Conflict.class)
                .hasMessage(
                        "putting web-0 back into pool web: ARM's operation ended Canceled Canceled"
                                + " (CanceledAndSupersededDueToAnotherOperation): Superseded.");
    }

    private static Answer answer(
            int status, @Nullable String code, @Nullable String detail, @Nullable String message) {
        var body = Wire.JSON.createObjectNode();
        var error = body.putObject("error");
        if (code != null) {
            error.put("code", code);
        }
        if (detail == null) {
            error.put("message", message);
        } else {
            error.putArray("details").addObject().put("code", detail).put("message", message);
        }
        return new Answer(
                status,
                body,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(17)));
    }
}
