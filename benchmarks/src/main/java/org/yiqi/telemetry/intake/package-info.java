/** The door through which the benchmarks run the product's own consumers outside a container. */
@NullMarked
package org.yiqi.telemetry.intake;

import org.jspecify.annotations.NullMarked;
