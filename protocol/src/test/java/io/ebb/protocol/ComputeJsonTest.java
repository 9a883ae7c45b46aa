package io.ebb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
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
    @DisplayName("edge case 10: a VM is its compute.name, never its host name")
    void theHostNameIsNotTheVmsName() {
        assertThat(
                        ComputeJson.read(
                                """
                                {"name":"aks-default-1-vmss_18","vmId":"v",
                                 "osProfile":{"computerName":"aks-default-1-vmss00000i"}}
                                """))
                .extracting(Report.Vm::name)
                .isEqualTo("aks-default-1-vmss_18");
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
