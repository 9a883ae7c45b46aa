/** Who an agent is, who an operator is. */
@NullMarked
package io.ebb.orchestrator.identity;

import org.jspecify.annotations.NullMarked;
