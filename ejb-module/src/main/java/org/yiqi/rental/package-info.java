/**
 * Offers of idle equipment, their prices, and rentals from the application to the return, and who bears
 * damage.
 *
 * <p>Publishes {@link org.yiqi.rental.RentalDelivered}, {@link org.yiqi.rental.RentalReturned},
 * {@link org.yiqi.rental.RentalClosed}, and of damage {@link org.yiqi.rental.HarmReported} (a patient was harmed),
 * {@link org.yiqi.rental.LiabilityFixed} (who owes what is fixed) and {@link org.yiqi.rental.LiabilityReopened}. Observes completed acts of the ledger (custody passes when both signatures are
 * there; a case of damage moves on), acts that ran out of time or were refused (it goes back) and a unit's quarantine (its bookings are flagged).
 */
@NullMarked
package org.yiqi.rental;

import org.jspecify.annotations.NullMarked;
