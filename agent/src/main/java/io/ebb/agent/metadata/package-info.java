/** The metadata service: who this VM is, and its Scheduled Events document. */
@NullMarked
package io.ebb.agent.metadata;

import org.jspecify.annotations.NullMarked;
