package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which ports a VM's agent is to count connections on. */
public interface WatchedPorts {
    /**
     * The ports, sorted; empty when that is not known yet: then the agent goes on as it did.
     *
     * @param taken pools that the VM was taken out of
     */
    Optional<List<Integer>> of(VmId vm, Collection<PoolId> taken);
}
