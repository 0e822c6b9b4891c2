/** Pages and resources of the maintenance area. */
@NullMarked
package org.yiqi.web.maintenance;

import org.jspecify.annotations.NullMarked;
