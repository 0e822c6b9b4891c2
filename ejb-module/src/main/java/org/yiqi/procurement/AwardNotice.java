package org.yiqi.procurement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/**
 * To whom a lot is meant to go, for everybody to read before it does.
 *
 * @param reason why better bids were passed over; empty for the first
 * @param rulesOf the day of the rules that its days come from
 * @param standstillUntil when it becomes final unless somebody complains; later when a complaint stopped it
 * @param complaints about it, as far as the reader may know them
 */
public record AwardNotice(
        UUID id,
        long version,
        UUID tenderId,
        String lot,
        UUID bid,
        UUID bidder,
        Amount amount,
        String reason,
        NoticeState state,
        LocalDate rulesOf,
        Instant publishedAt,
        Instant standstillUntil,
        @Nullable Instant suspendedAt,
        @Nullable Instant endedAt,
        List<ComplaintView> complaints) {

    public AwardNotice {
        complaints = List.copyOf(complaints);
    }

    AwardNotice with(List<ComplaintView> about) {
        return new AwardNotice(
                id,
                version,
                tenderId,
                lot,
                bid,
                bidder,
                amount,
                reason,
                state,
                rulesOf,
                publishedAt,
                standstillUntil,
                suspendedAt,
                endedAt,
                about);
    }

    /** Whether it is neither final nor withdrawn. */
    public boolean isOpen() {
        return state == NoticeState.STANDSTILL || state == NoticeState.SUSPENDED;
    }
}
