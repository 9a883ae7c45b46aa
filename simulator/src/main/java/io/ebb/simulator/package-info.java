/** Azure in a process. */
@NullMarked
package io.ebb.simulator;

import org.jspecify.annotations.NullMarked;
