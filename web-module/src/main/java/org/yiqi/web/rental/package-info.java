/** Pages and resources of the rental area. */
@NullMarked
package org.yiqi.web.rental;

import org.jspecify.annotations.NullMarked;
