/** Connections on the watched ports, counted from the kernel's tables. */
@NullMarked
package io.ebb.agent.connections;

import org.jspecify.annotations.NullMarked;
