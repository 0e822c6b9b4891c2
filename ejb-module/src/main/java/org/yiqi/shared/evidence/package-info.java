/**
 * What any area puts into the evidence log, and hears when it is erased. Here, below all areas, because those that the
 * ledger itself leans on have evidence too; the log and its proofs are the ledger's.
 */
@NullMarked
package org.yiqi.shared.evidence;

import org.jspecify.annotations.NullMarked;
