@NullMarked
package io.ebb.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
