/** The rule for tests that need containers. */
@NullMarked
package io.ebb.orchestrator.container;

import org.jspecify.annotations.NullMarked;
