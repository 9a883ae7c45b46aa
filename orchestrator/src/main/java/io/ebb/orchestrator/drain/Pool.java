package io.ebb.orchestrator.drain;

/**
 * A backend pool's budget.
 *
 * @param minimum members that must stay in rotation
 * @param mostOut members that may be out of rotation at once, for whatever reason
 * @param domainTogether whether the VMs of one update domain, announced together, may exceed {@code
 *     mostOut}
 */
public record Pool(PoolId id, int minimum, int mostOut, boolean domainTogether) {}
