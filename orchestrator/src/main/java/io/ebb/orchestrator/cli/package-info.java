/** The command line: it talks to a running orchestrator and knows nothing of its inside. */
@NullMarked
package io.ebb.orchestrator.cli;

import org.jspecify.annotations.NullMarked;
