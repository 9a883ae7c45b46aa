@NullMarked
package io.ebb.orchestrator.pool;

import org.jspecify.annotations.NullMarked;
