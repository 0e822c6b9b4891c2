/**
 * The regulator's workspace: who answered for a unit from when to when, proof of it, and cases where a row is not what
 * the ledger says.
 *
 * <p>Reads other areas and is imported by none. Observes {@link org.yiqi.ledger.ActRejected}; publishes nothing.
 */
@NullMarked
package org.yiqi.oversight;

import org.jspecify.annotations.NullMarked;
