@NullMarked
package io.ebb.demo.report;

import org.jspecify.annotations.NullMarked;
