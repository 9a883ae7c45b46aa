/** The backend program that a machine runs. */
@NullMarked
package io.ebb.simulator.guest;

import org.jspecify.annotations.NullMarked;
