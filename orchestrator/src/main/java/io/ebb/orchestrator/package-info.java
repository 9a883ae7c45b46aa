/** The orchestrator's entry point. */
@NullMarked
package io.ebb.orchestrator;

import org.jspecify.annotations.NullMarked;
