/**
 * Acts that organisations answer for: from the business change that causes one to its place on the ledger.
 *
 * <p>{@link org.yiqi.ledger.Acts} writes an act in the transaction of the business change (outbox). The relay takes
 * complete acts to the ledger in their order; nothing in the business waits for it. The ledger here is the <em>local
 * ledger</em>: one operator, no consensus. It runs the consortium's own rules ({@code org.yiqi.contract}) over a journal
 * that is append-only, hash-chained, and whose signed heads also go to a file outside the database.
 *
 * <p>Publishes {@link org.yiqi.ledger.ActCompleted}, {@link org.yiqi.ledger.ActExpired} and
 * {@link org.yiqi.ledger.ActRejected}. Observes nothing.
 */
@NullMarked
package org.yiqi.ledger;

import org.jspecify.annotations.NullMarked;
