/**
 * What the agent and the orchestrator say to each other: records, each with its one reader and
 * writer.
 */
@NullMarked
package io.ebb.protocol;

import org.jspecify.annotations.NullMarked;
