package io.ebb.orchestrator.drain;

/** Where a member stands at the load balancer, by the load balancer's own word. */
public enum Standing {
    /** In the pool and not known to be unhealthy: it receives new flows. */
    IN,
    /** Still in the pool, but its probe is down: no new flows; established ones go on. */
    QUIESCED,
    /** Not in the pool. */
    OUT,
    /** The resource that held the membership does not exist any more, or was made anew. */
    GONE
}
