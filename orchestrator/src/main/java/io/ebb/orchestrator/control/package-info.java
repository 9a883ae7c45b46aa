/** One turn for everything open: look, plan, write down, act. */
@NullMarked
package io.ebb.orchestrator.control;

import org.jspecify.annotations.NullMarked;
