/**
 * Requests to the metadata service and the orchestrator, and calls to the application on this VM.
 */
@NullMarked
package io.ebb.agent.http;

import org.jspecify.annotations.NullMarked;
