/** Where scheduled events are made: controller, host agents, event repositories. */
@NullMarked
package io.ebb.simulator.maintenance;

import org.jspecify.annotations.NullMarked;
