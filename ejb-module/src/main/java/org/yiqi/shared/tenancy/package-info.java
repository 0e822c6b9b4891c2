/** Who calls, and the tenant context that PostgreSQL's row-level security reads. */
@NullMarked
package org.yiqi.shared.tenancy;

import org.jspecify.annotations.NullMarked;
