@NullMarked
package io.ebb.orchestrator.policy;

import org.jspecify.annotations.NullMarked;
