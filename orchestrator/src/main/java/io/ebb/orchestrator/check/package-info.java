/** The read-only table of what Ebb would look after, and of what hinders it. */
@NullMarked
package io.ebb.orchestrator.check;

import org.jspecify.annotations.NullMarked;
