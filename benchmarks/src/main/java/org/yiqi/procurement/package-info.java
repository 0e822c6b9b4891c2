/** The door through which the benchmarks open a tender with the product's own services outside a container. */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
