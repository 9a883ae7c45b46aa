package io.ebb.orchestrator.drain;

/** How a member is taken out of its pool. */
public enum Strategy {
    /**
     * Take it out of the pool at once. What that does to established flows is not documented by
     * Azure; assume that they are cut.
     */
    REMOVE,
    /** Fail the probe at the agent, let the connections run off, then take it out of the pool. */
    QUIESCE_THEN_REMOVE,
    /** Fail the probe at the agent and stay in the pool, which gives the VM its way out. */
    PROBE
}
