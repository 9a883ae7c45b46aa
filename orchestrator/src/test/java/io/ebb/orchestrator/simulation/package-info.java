/** The real turn, lanes, fleet rules and ledger against a hostile world, in virtual time. */
@org.jspecify.annotations.NullMarked
package io.ebb.orchestrator.simulation;
