/** Pages and resources of the organisation area. */
@NullMarked
package org.yiqi.web.organisation;

import org.jspecify.annotations.NullMarked;
