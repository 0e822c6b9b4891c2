/** Needs and plans for programs and pages. */
@NullMarked
package org.yiqi.web.procurement;

import org.jspecify.annotations.NullMarked;
