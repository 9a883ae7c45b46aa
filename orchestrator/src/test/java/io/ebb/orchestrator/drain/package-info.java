@NullMarked
package io.ebb.orchestrator.drain;

import org.jspecify.annotations.NullMarked;
