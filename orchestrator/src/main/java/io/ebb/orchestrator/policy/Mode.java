package io.ebb.orchestrator.policy;

/** Whether Ebb acts. */
public enum Mode {
    /** It decides and records, and touches nothing. */
    OBSERVE,
    /** It acts. */
    ENFORCE
}
