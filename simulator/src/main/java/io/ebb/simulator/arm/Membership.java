package io.ebb.simulator.arm;

/**
 * One member of one backend pool as the data plane knows it, which lags what a GET shows.
 *
 * @param poolId id of the pool
 * @param vm name of the machine that owns the interface
 * @param nicId id of the network interface; empty for a member by address
 * @param address the private IP address that flows go to
 * @param ruled whether a load-balancing rule sends flows to the pool
 * @param adminState {@code None}, {@code Up} or {@code Down}
 */
public record Membership(
        String poolId,
        String vm,
        String nicId,
        String ipConfiguration,
        String address,
        String adminState,
        boolean ruled) {

    /** Id of the interface's ipConfiguration. */
    public String ipConfigurationId() {
        return nicId + "/ipConfigurations/" + ipConfiguration;
    }

    Membership withAdminState(String state) {
        return new Membership(poolId, vm, nicId, ipConfiguration, address, state, ruled);
    }

    /** The name that the pool lists a NIC member under. */
    String addressName() {
        return new ResourceId(nicId).name() + "-" + ipConfiguration;
    }
}
