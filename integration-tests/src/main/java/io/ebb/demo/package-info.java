/** The demo: the same load with and without Ebb, measured by the client. */
@NullMarked
package io.ebb.demo;

import org.jspecify.annotations.NullMarked;
