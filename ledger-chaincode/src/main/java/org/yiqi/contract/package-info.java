/**
 * What the consortium agrees on: the form of an act, who must sign it, and when the ledger refuses it.
 *
 * <p>Plain Java over {@link org.yiqi.contract.LedgerState}, so that the local ledger, the offline verifier and the
 * Fabric contract run the very same rules. Nothing here reads a clock, a random source or the order of a hash map:
 * every peer must come to the same answer.
 */
@NullMarked
package org.yiqi.contract;

import org.jspecify.annotations.NullMarked;
