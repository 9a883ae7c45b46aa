/** What can be set, and where it comes from: flag, environment, file, default. */
@NullMarked
package io.ebb.agent.settings;

import org.jspecify.annotations.NullMarked;
