/** Saying everything to the orchestrator, and hearing its wish. */
@NullMarked
package io.ebb.agent.report;

import org.jspecify.annotations.NullMarked;
