@NullMarked
package io.ebb.orchestrator.control;

import org.jspecify.annotations.NullMarked;
