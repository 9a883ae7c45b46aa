package io.ebb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ComputeJsonTest {

    @Test
    void readsWhoTheVmIs() {
        assertThat(
                        ComputeJson.read(
                                """
                                {"azEnvironment":"AzurePublicCloud","name":"web-1","vmId":"v",
                                 "resourceGroupName":"rg","subscriptionId":"s","resourceId":"/r",
                                 "placementGroupId":"","vmScaleSetName":"","tagsList":[]}
                                """))
                .isEqualTo(new Report.Vm("v", "web-1", "rg", "s", "/r", "", ""));
    }

    @Test
    void aFlexibleScaleSetIsNamedByItsId() {
        assertThat(
                        ComputeJson.read(
                                """
                                {"name":"n","vmId":"v","virtualMachineScaleSet":{"id":
                                 "/subscriptions/s/providers/Microsoft.Compute/x/fleet"}}
                                """))
                .extracting(Report.Vm::scaleSet)
                .isEqualTo("fleet");
    }

    @Test
    void aVmWithoutAnIdIsMalformed() {
        assertThatThrownBy(() -> ComputeJson.read("{\"name\":\"web-1\",\"vmId\":\"\"}"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("compute.vmId: empty");
    }
}
