package io.ebb.orchestrator.drain;

/** Where a member stands at the load balancer, by its own word and by the agent that it asks. */
public enum Standing {
    /** In the pool and not known to be unhealthy: it receives new flows. */
    IN,
    /** Still in the pool, but its probe is down: no new flows; established ones go on. */
    QUIESCED,
    /**
     * In the pool, and whether it receives new flows is about to show: the load balancer and the
     * agent that its probe asks contradict each other, or it has just appeared and the load
     * balancer has nothing to say of it. It is not out, and nobody can count on it.
     */
    WAVERING,
    /** Not in the pool. */
    OUT,
    /** The resource that held the membership does not exist any more, or was made anew. */
    GONE
}
