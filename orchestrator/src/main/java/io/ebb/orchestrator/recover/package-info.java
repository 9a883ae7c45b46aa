/** Rebuilds the ledger's members from what the load balancers' resources say of themselves. */
@NullMarked
package io.ebb.orchestrator.recover;

import org.jspecify.annotations.NullMarked;
