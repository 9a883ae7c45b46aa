/** Whether the application on this VM answers. */
@NullMarked
package io.ebb.agent.health;

import org.jspecify.annotations.NullMarked;
