/** Ports to the outside: load balancers and the inventory of VMs. */
@NullMarked
package io.ebb.orchestrator.pool;

import org.jspecify.annotations.NullMarked;
