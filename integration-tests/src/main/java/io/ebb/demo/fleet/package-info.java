/** The processes of a whole Ebb on one machine: started, watched and stopped. */
@NullMarked
package io.ebb.demo.fleet;

import org.jspecify.annotations.NullMarked;
