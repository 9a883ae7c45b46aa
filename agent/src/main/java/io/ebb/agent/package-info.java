/** The process on every VM. */
@NullMarked
package io.ebb.agent;

import org.jspecify.annotations.NullMarked;
