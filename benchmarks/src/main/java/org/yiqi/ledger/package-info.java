/** The door through which the benchmarks run the product's own relay and evidence log outside a container. */
@NullMarked
package org.yiqi.ledger;

import org.jspecify.annotations.NullMarked;
