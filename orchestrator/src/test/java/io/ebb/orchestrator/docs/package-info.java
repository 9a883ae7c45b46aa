@NullMarked
package io.ebb.orchestrator.docs;

import org.jspecify.annotations.NullMarked;
