/** Sealing a bid away from the platform, and bringing it there. */
@NullMarked
package org.yiqi.tools.bid;

import org.jspecify.annotations.NullMarked;
