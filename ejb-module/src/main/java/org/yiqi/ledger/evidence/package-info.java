/** The evidence log in PostgreSQL: its places, its stored subtrees, and the walks that recompute it. */
@NullMarked
package org.yiqi.ledger.evidence;

import org.jspecify.annotations.NullMarked;
