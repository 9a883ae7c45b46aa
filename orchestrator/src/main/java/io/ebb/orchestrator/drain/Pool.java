package io.ebb.orchestrator.drain;

/**
 * A backend pool's budget.
 *
 * @param minimum members that must stay in rotation
 * @param mostOut members that may be out of rotation at once, for whatever reason
 */
public record Pool(PoolId id, int minimum, int mostOut) {}
