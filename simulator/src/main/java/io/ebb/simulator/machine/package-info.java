/** A virtual machine: its power, its boots, and the processes that run on it. */
@NullMarked
package io.ebb.simulator.machine;

import org.jspecify.annotations.NullMarked;
