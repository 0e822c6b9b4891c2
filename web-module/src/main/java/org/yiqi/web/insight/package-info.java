/** The overview that everybody sees first. */
@NullMarked
package org.yiqi.web.insight;

import org.jspecify.annotations.NullMarked;
