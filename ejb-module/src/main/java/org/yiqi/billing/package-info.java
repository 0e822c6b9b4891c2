/**
 * What rentals cost: statements whose lines reproduce from the price list, deposits, invoices, payments, and the books in which every
 * entry balances.
 *
 * <p>Observes {@link org.yiqi.rental.RentalReturned} (draws up the statement) and {@link org.yiqi.rental.RentalClosed}
 * (the statement stands), {@link org.yiqi.rental.LiabilityFixed} (what is owed for a damage is taken from the deposit and
 * invoiced) and {@link org.yiqi.rental.LiabilityReopened} (it is taken back).
 */
@NullMarked
package org.yiqi.billing;

import org.jspecify.annotations.NullMarked;
