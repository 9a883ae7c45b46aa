package io.ebb.orchestrator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ByHandTest {

    @Test
    void theCommandNamesEverythingThatAzNeeds() {
        assertThat(command("rg", "rg"))
                .contains(
                        "az network nic ip-config address-pool add --resource-group rg --nic-name"
                                + " web-0-nic --ip-config-name ipConfig1 --lb-name lb --address-pool"
                                + " web --subscription s1");
    }

    @Test
    void aLoadBalancerOfAnotherGroupIsNamedById() {
        assertThat(command("rg", "net").orElseThrow())
                .doesNotContain("--lb-name")
                .contains("--address-pool /subscriptions/s1/resourceGroups/net/providers/");
    }

    @Test
    void aNameThatTheShellWouldReadIsQuoted() {
        assertThat(command("rg(1)", "rg(1)").orElseThrow()).contains("--resource-group 'rg(1)'");
    }

    @Test
    void aPlaceOfAnotherKindHasNoCommand() {
        var member = new MemberId(new VmId("v"), new PoolId("web"), "haproxy-1/web/web-0");

        assertThat(ByHand.command(member, saved("rg"))).isEmpty();
    }

    private static java.util.Optional<String> command(String group, String poolGroup) {
        var saved = saved(poolGroup);
        var place =
                "/subscriptions/s1/resourceGroups/"
                        + group
                        + "/providers/Microsoft.Network/networkInterfaces/web-0-nic"
                        + "/ipConfigurations/ipconfig1";
        return ByHand.command(new MemberId(new VmId("v"), new PoolId(saved.pool()), place), saved);
    }

    private static Saved saved(String group) {
        var pool =
                "/subscriptions/s1/resourceGroups/"
                        + group
                        + "/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/web";
        return new Saved("ipConfig1", 0, Wire.JSON.createObjectNode().put("id", pool), List.of());
    }
}
