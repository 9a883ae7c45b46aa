/**
 * An open-loop HTTP client: its schedule is fixed before it starts, and what a server is too slow
 * to answer counts against the server.
 */
@NullMarked
package io.ebb.demo.load;

import org.jspecify.annotations.NullMarked;
