/** Carrying out what the orchestrator orders. */
@NullMarked
package io.ebb.agent.order;

import org.jspecify.annotations.NullMarked;
