/** The load balancer's data plane: probes, affinity, and bytes that are really moved. */
@NullMarked
package io.ebb.simulator.balancer;

import org.jspecify.annotations.NullMarked;
