package io.ebb.integration.azure;

import static io.ebb.integration.azure.Cloud.content;
import static io.ebb.integration.azure.Cloud.join;
import static io.ebb.integration.azure.Cloud.leave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.Patience;
import io.ebb.simulator.control.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NicPoolsFailuresTest {
    @TempDir private Path folder;
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void somebodyElsesChangeIsAConflictAndStays() {
        var looked = cloud.look("web-0");
        var changed = cloud.nic("web-0");
        changed.putObject("tags").put("by", "somebody else");
        cloud.resources.replace(changed);

        assertThatThrownBy(() ->
                        cloud.pools.apply(
                                looked,
                                leave(looked.places()),
                                new Patience(System::nanoTime, Duration.ofMinutes(1))))
                .isInstanceOf(CloudException.Conflict.class)
                .hasMessageStartingWith(
                        "taking web-0 out of pool web: ARM answered 412 PreconditionFailed"
                                + " (PreconditionFailedEtagMismatch)");

        assertThat(content(cloud.nic("web-0"))).isEqualTo(content(changed));
        assertThat(cloud.inEffect("web-0")).isTrue();
    }

    @Test
    void a412BehindOnesOwnChangeIsNoConflict() {
        var looked = cloud.look("web-0");
        cloud.pools.apply(
                looked,
                leave(looked.places()),
                new Patience(System::nanoTime, Duration.ofMinutes(1)));

        // The answer to the first was lost: the very same write is sent again.
        var again =
                cloud.pools.apply(
                        looked,
                        leave(looked.places()),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));

        assertThat(again.places()).isEmpty();
        assertThat(cloud.puts()).hasSize(2);
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundByTheNextLook() throws IOException {
        var late = "{ nicPut: 4s, operation: 4s, retryAfter: 1s }";
        try (var slow = new Cloud(folder, "", "", true, late, Duration.ofSeconds(2))) {
            var looked = slow.look("web-0");

            assertThatThrownBy(() ->
                            slow.pools.apply(
                                    looked,
                                    leave(looked.places()),
                                    new Patience(System::nanoTime, Duration.ofMinutes(1))))
                    .isInstanceOf(CloudException.Transient.class)
                    .hasMessage("taking web-0 out of pool web: no answer in time");

            // It is not sent again, and it lands all the same.
            var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (slow.inEffect("web-0") && System.nanoTime() < patience) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            assertThat(slow.puts()).hasSize(1);
            assertThat(slow.look("web-0").places()).isEmpty();
        }
    }

    @Test
    void aRecreatedInterfaceIsLeftAlone() {
        var looked = cloud.look("web-0");
        var other = cloud.nic("web-0");
        ((ObjectNode) other.path("properties")).put("resourceGuid", "another");
        cloud.resources.replace(other);

        assertThatThrownBy(() ->
                        cloud.pools.apply(
                                looked,
                                leave(looked.places()),
                                new Patience(System::nanoTime, Duration.ofMinutes(1))))
                .isInstanceOf(CloudException.Permanent.class)
                .hasMessage(
                        "taking web-0 out of pool web: web-0-nic was recreated: its resourceGuid is"
                                + " another, not "
                                + looked.guid());
        assertThat(cloud.inEffect("web-0")).isTrue();
    }

    @Test
    void aSecondWriteInTheSameSetHasToWait() throws Exception {
        var first = cloud.look("web-0");
        var second = cloud.look("web-1");
        var underWay = new CountDownLatch(1);
        cloud.server.onWrite(_ -> underWay.countDown());
        // Not in the common pool: the JDK's HTTP client needs it, and it may have one thread only.
        var other =
                new FutureTask<>(() ->
                        cloud.pools.apply(
                                first,
                                leave(first.places()),
                                new Patience(System::nanoTime, Duration.ofMinutes(1))));
        Thread.startVirtualThread(other);
        await(underWay);

        var refused = failure(CloudException.Transient.class, second);

        assertThat(refused)
                .hasMessageStartingWith(
                        "taking web-1 out of pool web: ARM answered 409"
                                + " AnotherOperationInProgress");
        assertThat(refused.retryAfter()).isPresent();
        assertThat(other.get(20, TimeUnit.SECONDS).places()).isEmpty();
        assertThat(cloud.inEffect("web-1")).isTrue();
    }

    @Test
    void aProvisioningLockIsNoThrottle() {
        refuse(429, "RetryableError", Optional.empty());
        var looked = cloud.look("web-0");

        assertThat(failure(CloudException.Transient.class, looked))
                .hasMessageContaining("429 RetryableError (ReferencedResourceNotProvisioned)");

        assertThat(
                        cloud.pools
                                .apply(
                                        looked,
                                        leave(looked.places()),
                                        new Patience(System::nanoTime, Duration.ofMinutes(1)))
                                .places())
                .isEmpty();
    }

    @Test
    void aThrottleIsHonouredByEveryWriter() {
        refuse(429, "TooManyRequests", Optional.of(Duration.ofSeconds(30)));
        var first = cloud.look("web-0");
        var second = cloud.look("web-1");

        assertThat(failure(CloudException.Transient.class, first).retryAfter())
                .contains(Duration.ofSeconds(30));
        assertThat(failure(CloudException.Transient.class, second).retryAfter())
                .hasValueSatisfying(left ->
                        assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));

        assertThat(cloud.puts()).hasSize(1);
        assertThat(cloud.look("web-0").places()).hasSize(1);
    }

    @Test
    void aSupersededWriteIsAConflict() {
        cloud.faults.endOperations("Canceled", 1);
        var looked = cloud.look("web-0");

        assertThat(failure(CloudException.Conflict.class, looked))
                .hasMessageContaining("(CanceledAndSupersededDueToAnotherOperation)");

        assertThat(cloud.look("web-0").places()).hasSize(1);
    }

    @Test
    void aFailedOperationIsJudgedByItsCode() {
        cloud.faults.endOperations("Failed", 1);

        assertThat(failure(CloudException.Transient.class, cloud.look("web-0")))
                .hasMessageContaining(
                        "ARM's operation ended Failed InternalServerError (GatewayError)");
    }

    @Test
    void aMissingRightIsNamed() {
        refuse(403, "LinkedAuthorizationFailed", Optional.empty());

        assertThat(failure(CloudException.Permanent.class, cloud.look("web-0")))
                .hasMessageContaining(
                        "'Microsoft.Network/loadBalancers/backendAddressPools/join/action'");
    }

    @Test
    void tagsThatAPolicyDeniesAreLeftOut() {
        refuse(403, "RequestDisallowedByPolicy", Optional.empty());
        var looked = cloud.look("web-0");

        var out =
                cloud.pools.apply(
                        looked,
                        leave(looked.places()),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));

        assertThat(out.places()).isEmpty();
        assertThat(cloud.puts()).hasSize(2);
        assertThat(cloud.nic("web-0").path("tags")).isEmpty();
    }

    @Test
    void aPoolThatWasDeletedIsNoReasonToTryAgain() {
        var looked = cloud.look("web-0");
        var out =
                cloud.pools.apply(
                        looked,
                        leave(looked.places()),
                        new Patience(System::nanoTime, Duration.ofMinutes(1)));
        var lb = cloud.tree(cloud.network("loadBalancers/lb"));
        lb.withObjectProperty("properties").putArray("backendAddressPools");
        cloud.resources.replace(lb);

        assertThatThrownBy(() ->
                        cloud.pools.apply(
                                out,
                                join(looked.places()),
                                new Patience(System::nanoTime, Duration.ofMinutes(1))))
                .isInstanceOf(CloudException.Permanent.class)
                .hasMessageContaining("putting web-0 back into pool web")
                .hasMessageContaining("InvalidResourceReference");
    }

    private void refuse(int status, String code, Optional<Duration> retryAfter) {
        cloud.faults.refuse(
                new Faults.Refusal("PUT", "networkInterfaces", status, code, retryAfter), 1);
    }

    private <T extends CloudException> T failure(Class<T> kind, Resource looked) {
        return catchThrowableOfType(
                kind,
                () ->
                        cloud.pools.apply(
                                looked,
                                leave(looked.places()),
                                new Patience(System::nanoTime, Duration.ofMinutes(1))));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
