package io.ebb.simulator.balancer;

/**
 * What the control API shows of a member, or of one that was in the pool before.
 *
 * @param inPool whether it is in the pool in effect
 * @param adminState {@code None}, {@code Up} or {@code Down}
 * @param openFlows connections right now
 * @param totalFlows connections since the start
 */
public record MemberState(
        String loadBalancer,
        String pool,
        String vm,
        String nic,
        String ipConfiguration,
        boolean inPool,
        String adminState,
        boolean probeUp,
        int openFlows,
        long totalFlows) {}
