/**
 * The heart: from facts to states and steps. Pure: no clock, no input or output, no framework; it
 * imports {@code java.*} and jspecify only.
 */
@NullMarked
package io.ebb.orchestrator.drain;

import org.jspecify.annotations.NullMarked;
