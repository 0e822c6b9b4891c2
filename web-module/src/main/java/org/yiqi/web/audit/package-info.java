/** The audit log for those who audit. */
@NullMarked
package org.yiqi.web.audit;

import org.jspecify.annotations.NullMarked;
