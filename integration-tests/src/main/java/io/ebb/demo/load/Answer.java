package io.ebb.demo.load;

import org.jspecify.annotations.Nullable;

/**
 * A whole answer of the server with the body that was asked for, or with a status that is a
 * failure.
 *
 * @param servedBy the VM that answered, null where it did not say
 * @param close whether the server ends the connection after it
 */
record Answer(int status, @Nullable String servedBy, boolean close) {}
