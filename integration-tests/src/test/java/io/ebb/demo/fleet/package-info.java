@NullMarked
package io.ebb.demo.fleet;

import org.jspecify.annotations.NullMarked;
