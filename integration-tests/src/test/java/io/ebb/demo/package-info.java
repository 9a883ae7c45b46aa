@NullMarked
package io.ebb.demo;

import org.jspecify.annotations.NullMarked;
