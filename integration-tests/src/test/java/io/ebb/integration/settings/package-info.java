/** What can be set, as the page of the documentation says it. */
@NullMarked
package io.ebb.integration.settings;

import org.jspecify.annotations.NullMarked;
