/** What is simulated: the machines, the load balancer, the addresses and the durations. */
@NullMarked
package io.ebb.simulator.scenario;

import org.jspecify.annotations.NullMarked;
