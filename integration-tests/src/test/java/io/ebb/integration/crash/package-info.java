/** Real orchestrators that are killed or paused at each point where they write or call. */
@NullMarked
package io.ebb.integration.crash;

import org.jspecify.annotations.NullMarked;
