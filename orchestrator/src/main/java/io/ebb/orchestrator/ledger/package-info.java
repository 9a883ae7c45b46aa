/** The durable store of what cannot be looked at again. */
@NullMarked
package io.ebb.orchestrator.ledger;

import org.jspecify.annotations.NullMarked;
