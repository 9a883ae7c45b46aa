package io.ebb.orchestrator.drain;

/** Where a member stands at the load balancer, by its own word and by the agent that it asks. */
public enum Standing {
    /** In the pool and not known to be unhealthy: it receives new flows. */
    IN,
    /** Still in the pool, but its probe is down: no new flows; established ones go on. */
    QUIESCED,
    /**
     * In the pool, and the load balancer and the agent that its probe asks contradict each other:
     * one of them has not noticed yet. It may receive new flows, so it is not out, and may stop
     * receiving any, so nobody can count on it.
     */
    WAVERING,
    /** Not in the pool. */
    OUT,
    /** The resource that held the membership does not exist any more, or was made anew. */
    GONE
}
