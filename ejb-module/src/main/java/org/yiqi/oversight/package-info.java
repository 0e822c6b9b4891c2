/**
 * The regulator's workspace: who answered for a unit from when to when and proof of it; cases, of the watch over the ledger and
 * of regulators; recalls; adverse events; the board.
 *
 * <p>Reads other areas and is imported by none. Observes {@link org.yiqi.ledger.ActRejected},
 * {@link org.yiqi.organisation.OrganisationSuspended}, {@link org.yiqi.organisation.OrganisationReinstated} and
 * {@link org.yiqi.rental.HarmReported}; publishes nothing.
 */
@NullMarked
package org.yiqi.oversight;

import org.jspecify.annotations.NullMarked;
