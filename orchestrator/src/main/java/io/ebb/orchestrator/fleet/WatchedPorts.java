package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.VmId;
import java.util.List;
import java.util.Optional;

/** Which ports a VM's agent is to count connections on. */
public interface WatchedPorts {
    /** The ports, sorted; empty when that is not known yet: then the agent goes on as it did. */
    Optional<List<Integer>> of(VmId vm);
}
