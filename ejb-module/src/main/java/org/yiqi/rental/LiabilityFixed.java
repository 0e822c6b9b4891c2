package org.yiqi.rental;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * It is fixed who bears a damage: what each owes the owner can be charged. Fired as the system's own work; whoever charges
 * tells {@link LiabilityCharges}.
 *
 * @param rentalId whose deposit may be held; null outside a rental
 */
public record LiabilityFixed(
        UUID liabilityId,
        UUID proposalId,
        String number,
        @Nullable UUID rentalId,
        UUID ownerOrg,
        List<Claim> claims) {

    public LiabilityFixed {
        claims = List.copyOf(claims);
    }

    /** What an organisation owes the owner; more than nothing. */
    public record Claim(UUID debtorOrg, Money amount) {}
}
