package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.drain.VmId;
import java.util.List;

/** What is left to an agent where there is no time to ask. */
public interface Leeway {
    /**
     * Before which events, by Azure's words for their types, this VM's agent may fail its probe
     * without being told.
     */
    List<String> of(VmId vm);
}
