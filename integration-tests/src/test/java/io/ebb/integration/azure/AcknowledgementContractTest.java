package io.ebb.integration.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Patience;
import io.ebb.simulator.arm.ArmServer;
import io.ebb.simulator.control.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The control plane approves through the SDK's real pipeline, or says in which kind it does not.
 */
@Timeout(60)
class AcknowledgementContractTest {
    private static final String EVENT = "602D9444-D2CD-49C7-8624-8643E7171297";

    @TempDir private Path folder;
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(folder);
        cloud.events.add(EVENT);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private String approve(String eventId, Duration patience) {
        return cloud.acknowledgement.approve(
                cloud.vm("web-1").scopeUnit(), eventId, new Patience(System::nanoTime, patience));
    }

    private String approve(String eventId) {
        return approve(eventId, Duration.ofMinutes(1));
    }

    private void refuse(int status, String code, Optional<Duration> retryAfter) {
        cloud.faults.refuse(
                new Faults.Refusal("POST", "/acknowledge", status, code, retryAfter), 1);
    }

    @Test
    void anEventIsApprovedOnItsAvailabilitySetWithoutABody() {
        assertThat(cloud.acknowledgement.isOn()).isTrue();
        assertThat(approve(EVENT)).isEqualTo("Successfully Approved");
        assertThat(cloud.approved).containsExactly(EVENT + " by Microsoft.Maintenance");
        assertThat(cloud.sent)
                .singleElement()
                .satisfies(sent -> {
                    assertThat(sent.method()).isEqualTo("POST");
                    assertThat(sent.path())
                            .isEqualTo(
                                    cloud.scenario
                                                    .groupId()
                                                    .replace("resourceGroups", "resourcegroups")
                                            + "/providers/Microsoft.Compute/availabilitySets/web"
                                            + "/providers/Microsoft.Maintenance/scheduledevents/"
                                            + EVENT
                                            + "/acknowledge");
                    assertThat(sent.body()).isEmpty();
                });
    }

    @Test
    void anEventOfAVmThatStandsAloneIsApprovedOnTheVm() throws IOException {
        try (var alone = new Cloud(folder, "availabilitySet: null", "", true)) {
            alone.events.add(EVENT);
            alone.acknowledgement.approve(
                    alone.vm("web-1").scopeUnit(),
                    EVENT,
                    new Patience(System::nanoTime, Duration.ofMinutes(1)));
            assertThat(alone.sent)
                    .extracting(ArmServer.Sent::path)
                    .singleElement()
                    .asString()
                    .contains("/Microsoft.Compute/virtualMachines/web-1/providers/");
        }
    }

    @Test
    void anEventThatIsNotThereIsNoUseAskingForAgain() {
        assertThatThrownBy(() -> approve("0B"))
                .isInstanceOf(CloudException.Permanent.class)
                .hasMessageStartingWith(
                        "asking the control plane through web: ARM answered 404 NotFound");
    }

    @Test
    void aMissingRightIsNamedWithTheSettingThatDoesWithoutIt() {
        refuse(403, "AuthorizationFailed", Optional.empty());
        assertThatThrownBy(() -> approve(EVENT))
                .isInstanceOf(CloudException.Permanent.class)
                .hasMessageContaining("Microsoft.Maintenance/scheduledevents/acknowledge/action")
                .hasMessageContaining("ebb.azure.acknowledge=false")
                .hasMessageContaining("ARM answered 403 AuthorizationFailed");
    }

    @Test
    void whatAzureCannotDoNowIsLeftForLaterAndNotSentTwice() {
        refuse(503, "ServiceUnavailable", Optional.empty());
        assertThatThrownBy(() -> approve(EVENT)).isInstanceOf(CloudException.Transient.class);
        assertThat(cloud.sent).hasSize(1);
        assertThat(cloud.approved).isEmpty();
    }

    @Test
    void aThrottleIsHonoured() {
        refuse(429, "TooManyRequests", Optional.of(Duration.ofSeconds(70)));
        var failure = catchThrowableOfType(CloudException.Transient.class, () -> approve(EVENT));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(70));
        assertThatThrownBy(() -> approve(EVENT)).hasMessageContaining("it throttles");
        assertThat(cloud.approved).isEmpty();
    }

    @Test
    void nothingIsSentOncePatienceIsOver() {
        assertThatThrownBy(() -> approve(EVENT, Duration.ZERO))
                .isInstanceOf(CloudException.Transient.class)
                .hasMessageContaining("not sent");
        assertThat(cloud.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../web-2/deallocate?x=", "a/b", "", "%2e%2e", "a b"})
    void anIdThatAnAgentMadeUpDoesNotReachAnotherResource(String id) {
        assertThatThrownBy(() -> approve(id))
                .isInstanceOf(CloudException.Permanent.class)
                .hasMessageContaining("Azure gives no such id");
        assertThat(cloud.sent).isEmpty();
    }
}
