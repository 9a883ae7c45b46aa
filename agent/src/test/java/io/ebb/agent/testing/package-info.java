/** What the tests of several packages stand on: a clock, a metadata service, an application. */
@NullMarked
package io.ebb.agent.testing;

import org.jspecify.annotations.NullMarked;
