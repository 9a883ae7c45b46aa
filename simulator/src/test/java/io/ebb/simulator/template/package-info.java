@NullMarked
package io.ebb.simulator.template;

import org.jspecify.annotations.NullMarked;
