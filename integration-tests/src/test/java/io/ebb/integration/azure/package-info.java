/** The Azure driver's contract, run through the real SDK against the simulator's ARM. */
@NullMarked
package io.ebb.integration.azure;

import org.jspecify.annotations.NullMarked;
