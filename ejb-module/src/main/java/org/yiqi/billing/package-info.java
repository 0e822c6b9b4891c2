/**
 * What rentals cost: statements whose lines reproduce from the price list, invoices, payments, and the books in which every
 * entry balances.
 *
 * <p>Observes {@link org.yiqi.rental.RentalReturned} (draws up the statement) and {@link org.yiqi.rental.RentalClosed}
 * (the statement stands).
 */
@NullMarked
package org.yiqi.billing;

import org.jspecify.annotations.NullMarked;
