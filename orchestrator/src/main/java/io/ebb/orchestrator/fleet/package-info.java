/** What the agents say, how fresh it is, what it proves, and what they are asked to do. */
@NullMarked
package io.ebb.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
