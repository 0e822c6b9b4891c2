/** A fleet of simulated devices that publish to a running platform as real ones do. */
@NullMarked
package org.yiqi.tools.simulate;

import org.jspecify.annotations.NullMarked;
