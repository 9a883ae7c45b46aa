/** The endpoint that the load balancer's probe may point at. */
@NullMarked
package io.ebb.agent.probe;

import org.jspecify.annotations.NullMarked;
