/** The command line of the jar. */
@NullMarked
package io.ebb.simulator.cli;

import org.jspecify.annotations.NullMarked;
