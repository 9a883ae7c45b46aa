/** The control API: steering the simulator, and the record of what happened. */
@NullMarked
package io.ebb.simulator.control;

import org.jspecify.annotations.NullMarked;
