@NullMarked
package io.ebb.demo.load;

import org.jspecify.annotations.NullMarked;
