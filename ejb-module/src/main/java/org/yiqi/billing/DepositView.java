package org.yiqi.billing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** A deposit that a lessee left with an owner for a rental. */
public record DepositView(
        UUID id,
        UUID rentalId,
        String rentalNumber,
        UUID ownerOrg,
        UUID lesseeOrg,
        Amount amount,
        Amount captured,
        Amount released,
        String reference,
        DepositState state,
        Instant receivedAt,
        @Nullable Instant releasedAt) {

    /** What is still with the owner. */
    public Money held() {
        return amount.toMoney().minus(captured.toMoney()).minus(released.toMoney());
    }
}
