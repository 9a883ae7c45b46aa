/**
 * Ends or pauses an orchestrator at a named point. Packed into a jar of its own, which tests put on
 * the class path of real processes; nothing of it is in what is shipped.
 */
@NullMarked
package io.ebb.crash;

import org.jspecify.annotations.NullMarked;
