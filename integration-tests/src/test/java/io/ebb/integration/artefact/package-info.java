/** What is shipped beside the jars: the chart, the service units, the roles. */
@NullMarked
package io.ebb.integration.artefact;

import org.jspecify.annotations.NullMarked;
