/** Azure Resource Manager over HTTPS: tokens, resource trees, asynchronous operations. */
@NullMarked
package io.ebb.simulator.arm;

import org.jspecify.annotations.NullMarked;
