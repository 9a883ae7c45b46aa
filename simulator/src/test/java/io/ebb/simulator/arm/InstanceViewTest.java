package io.ebb.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.models.ExpandTypeForListVMs;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.azure.resourcemanager.compute.models.PowerState;
import io.ebb.simulator.machine.Power;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class InstanceViewTest {
    private final ArmWorld world = new ArmWorld();
    private final Raw raw = new Raw(world);

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theSdkReadsThePowerStateOfAMachine() {
        world.fleet.deallocate("web-2");
        var vms = world.compute().virtualMachines();

        assertThat(vms.getByResourceGroup("rg", "web-1").powerState())
                .isEqualTo(PowerState.RUNNING);
        assertThat(vms.getByResourceGroup("rg", "web-2").powerState())
                .isEqualTo(PowerState.DEALLOCATED);
    }

    @Test
    void aMachineOfASetIsShownItsDomainsAndAnotherNone() {
        var id = world.scenario.vmResourceId(world.scenario.vm("web-2").orElseThrow());

        var view = raw.get(id + "/instanceView").body();
        assertThat(view.path("platformUpdateDomain").asInt(-1)).isEqualTo(2);
        assertThat(view.path("platformFaultDomain").asInt(-1)).isEqualTo(2);
        try (var alone = new ArmWorld(ArmWorld.QUICK, "null")) {
            assertThat(
                            alone.compute()
                                    .serviceClient()
                                    .getVirtualMachines()
                                    .instanceView("rg", "web-2")
                                    .platformUpdateDomain())
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"STOPPED, stopped", "DEALLOCATED, deallocated", "FROZEN, running"})
    void aMachineThatIsDownIsShownSoAndOneThatIsFrozenIsNot(Power power, String word) {
        world.fleet.powers.put("web-1", power);

        assertThat(
                        world.compute()
                                .serviceClient()
                                .getVirtualMachines()
                                .instanceView("rg", "web-1")
                                .statuses())
                .extracting(InstanceViewStatus::code)
                .contains("PowerState/" + word);
    }

    @Test
    void aListingOfStatusesShowsThoseOfTheSubscriptionAndNoDefinitions() {
        var vms = world.compute().serviceClient().getVirtualMachines();

        assertThat(vms.list("true", null, null, Context.NONE))
                .hasSize(3)
                .allSatisfy(vm -> {
                    assertThat(vm.instanceView().platformUpdateDomain()).isNotNull();
                    assertThat(vm.networkProfile()).isNull();
                    assertThat(vm.tags()).isNull();
                });
        assertThat(vms.list()).allSatisfy(vm -> assertThat(vm.instanceView()).isNull());
    }

    @Test
    void aListingIsNotExpandedWithoutAScaleSet() {
        var vms = world.compute().serviceClient().getVirtualMachines();

        assertThatThrownBy(() ->
                        vms
                                .listByResourceGroup(
                                        "rg",
                                        null,
                                        ExpandTypeForListVMs.INSTANCE_VIEW,
                                        Context.NONE)
                                .stream()
                                .count())
                .hasMessageContaining("$filter");
    }
}
