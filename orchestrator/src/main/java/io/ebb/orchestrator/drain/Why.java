package io.ebb.orchestrator.drain;

/** Why an event was approved. */
public enum Why {
    /** Every VM of the event was drained. */
    DRAINED,
    /** The policy approves at the deadline, drained or not. */
    AT_DEADLINE
}
