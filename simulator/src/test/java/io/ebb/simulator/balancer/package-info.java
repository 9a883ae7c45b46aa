@NullMarked
package io.ebb.simulator.balancer;

import org.jspecify.annotations.NullMarked;
