/**
 * The end of a unit: why and what it is worth, who lets it go, proof that nothing of patients or hazards leaves with it, the
 * auction among qualified recyclers, payment, handover, and the certificate after which nothing happens to it any more.
 *
 * <p>Observes {@link org.yiqi.ledger.ActCompleted} and {@link org.yiqi.ledger.ActExpired} for the acts that it proposed, and
 * {@code disposal.line-set}. Publishes no events.
 */
@NullMarked
package org.yiqi.disposal;

import org.jspecify.annotations.NullMarked;
