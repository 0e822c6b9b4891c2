/** Data sources, migrations and the clock. */
@NullMarked
package org.yiqi.shared.db;

import org.jspecify.annotations.NullMarked;
