package io.ebb.orchestrator.drain;

import java.util.Locale;

/**
 * One VM's place in one backend pool.
 *
 * @param place where within the VM: for a NIC pool {@code <nic resource
 *     id>/ipConfigurations/<name>}, lower-cased
 */
public record MemberId(VmId vm, PoolId pool, String place) {
    public MemberId {
        place = place.toLowerCase(Locale.ROOT);
    }
}
