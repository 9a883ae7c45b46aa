/** The whole system: real processes, real sockets, real bytes. */
@NullMarked
package io.ebb.integration.scenario;

import org.jspecify.annotations.NullMarked;
