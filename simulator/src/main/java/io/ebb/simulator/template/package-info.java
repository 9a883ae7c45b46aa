/** The language of ARM's templates, as much of it as is played. */
@NullMarked
package io.ebb.simulator.template;

import org.jspecify.annotations.NullMarked;
