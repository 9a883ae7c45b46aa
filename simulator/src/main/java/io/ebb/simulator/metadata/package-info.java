/** The instance metadata service, one endpoint per machine. */
@NullMarked
package io.ebb.simulator.metadata;

import org.jspecify.annotations.NullMarked;
