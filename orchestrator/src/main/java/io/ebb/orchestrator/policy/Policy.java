package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.Terms;

/** Says on which terms Ebb acts. */
@FunctionalInterface
public interface Policy {
    /** The terms for an occasion; where its pools differ, in each respect the more careful. */
    Terms terms(Occasion occasion);
}
