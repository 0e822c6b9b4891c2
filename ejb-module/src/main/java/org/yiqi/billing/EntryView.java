package org.yiqi.billing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.yiqi.shared.Money;

/** An entry of an organisation's book; what it debits it also credits. */
public record EntryView(
        UUID id, UUID bookOrg, UUID counterparty, Instant at, String reason, UUID sourceId, List<Posting> postings) {

    /** One side of an entry. */
    public record Posting(Account account, Money debit, Money credit) {}
}
