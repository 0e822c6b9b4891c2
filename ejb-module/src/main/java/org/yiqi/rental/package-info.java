/**
 * Offers of idle equipment, their prices, rentals from the application to the return, and who bears damage.
 *
 * <p>Publishes {@link org.yiqi.rental.RentalDelivered}, {@link org.yiqi.rental.RentalReturned},
 * {@link org.yiqi.rental.RentalClosed}; of damage {@link org.yiqi.rental.HarmReported} (a patient was harmed),
 * {@link org.yiqi.rental.LiabilityFixed} (who owes what) and {@link org.yiqi.rental.LiabilityReopened} (not so after all).
 * Observes the ledger's acts: completed ones (custody passes when both signatures are there, a case of damage moves on), those
 * that ran out of time or were refused (it goes back); and a unit's quarantine (its bookings are flagged).
 */
@NullMarked
package org.yiqi.rental;

import org.jspecify.annotations.NullMarked;
