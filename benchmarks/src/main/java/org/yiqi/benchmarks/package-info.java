/** Load and micro benchmarks, each printing a ratio against a reference measured in the same run, and the data they need. */
@NullMarked
package org.yiqi.benchmarks;

import org.jspecify.annotations.NullMarked;
