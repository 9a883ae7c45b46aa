/** REST for agents and operators. */
@NullMarked
package io.ebb.orchestrator.api;

import org.jspecify.annotations.NullMarked;
