package io.ebb.simulator.arm;

import java.util.Optional;

/**
 * One member of one backend pool as the data plane knows it, which lags what a GET shows.
 *
 * @param poolId id of the pool
 * @param vm name of the machine that owns the interface
 * @param nicId id of the network interface; empty for a member by address
 * @param address the private IP address that flows go to
 * @param rule that sends flows to the pool; empty: none does
 * @param adminState {@code None}, {@code Up} or {@code Down}
 */
public record Membership(
        String poolId,
        String vm,
        String nicId,
        String ipConfiguration,
        String address,
        String adminState,
        Optional<Rule> rule) {

    /** Whether a load-balancing rule sends flows to the pool. */
    public boolean ruled() {
        return rule.isPresent();
    }

    /** Id of the interface's ipConfiguration. */
    public String ipConfigurationId() {
        return nicId + "/ipConfigurations/" + ipConfiguration;
    }

    Membership withAdminState(String state) {
        return new Membership(poolId, vm, nicId, ipConfiguration, address, state, rule);
    }

    /** The name that the pool lists a NIC member under. */
    String addressName() {
        return new ResourceId(nicId).name() + "-" + ipConfiguration;
    }
}
