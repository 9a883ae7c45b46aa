@NullMarked
package io.ebb.orchestrator.recover;

import org.jspecify.annotations.NullMarked;
