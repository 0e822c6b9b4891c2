/** Pages and resources of the billing area. */
@NullMarked
package org.yiqi.web.billing;

import org.jspecify.annotations.NullMarked;
