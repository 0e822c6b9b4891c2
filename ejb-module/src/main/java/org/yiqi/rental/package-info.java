/**
 * Offers of idle equipment, their prices, and rentals from the application to the return.
 *
 * <p>Publishes {@link org.yiqi.rental.RentalDelivered}, {@link org.yiqi.rental.RentalReturned} and
 * {@link org.yiqi.rental.RentalClosed}. Observes completed acts of the ledger (custody passes when both signatures are
 * there) and a unit's quarantine (its bookings are flagged).
 */
@NullMarked
package org.yiqi.rental;

import org.jspecify.annotations.NullMarked;
