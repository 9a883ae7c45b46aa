/** The rule for tests that need containers. */
@NullMarked
package io.ebb.integration.container;

import org.jspecify.annotations.NullMarked;
