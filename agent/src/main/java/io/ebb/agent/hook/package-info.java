/** Telling the application to let its connections go, and to keep them again. */
@NullMarked
package io.ebb.agent.hook;

import org.jspecify.annotations.NullMarked;
