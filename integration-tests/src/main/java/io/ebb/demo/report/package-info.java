/** What the two runs showed: rotation, approvals, the verdict, and how it is printed. */
@NullMarked
package io.ebb.demo.report;

import org.jspecify.annotations.NullMarked;
