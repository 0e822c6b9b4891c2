/** The append-only log of who did what. */
@NullMarked
package org.yiqi.shared.audit;

import org.jspecify.annotations.NullMarked;
