/** Needs, plans and tenders for programs and pages, and what everybody may read of them. */
@NullMarked
package org.yiqi.web.procurement;

import org.jspecify.annotations.NullMarked;
