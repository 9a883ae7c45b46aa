/** What the operator wants: from the settings, or changed through the API; one text, one reader. */
@NullMarked
package io.ebb.orchestrator.policy;

import org.jspecify.annotations.NullMarked;
