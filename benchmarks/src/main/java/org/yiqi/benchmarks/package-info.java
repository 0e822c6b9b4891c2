/** How fast the product is, always as a ratio to a reference measured in the same run on the same machine. */
@NullMarked
package org.yiqi.benchmarks;

import org.jspecify.annotations.NullMarked;
