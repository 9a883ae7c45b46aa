@NullMarked
package io.ebb.simulator.arm;

import org.jspecify.annotations.NullMarked;
