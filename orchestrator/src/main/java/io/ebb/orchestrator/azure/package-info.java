/** Azure Resource Manager: the only place that knows its SDK. It blocks once, at its own edge. */
@NullMarked
package io.ebb.orchestrator.azure;

import org.jspecify.annotations.NullMarked;
