package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tender with its terms.
 *
 * @param keys the openers' keys that are registered
 * @param termsDigest digest of the act that published or last amended it: a bid names the terms it was made for by it; empty
 *     before the publication
 * @param actId that act
 * @param pendingAct the act that waits for signatures, if one does
 * @param endedReason why it failed or was cancelled, a code; otherwise empty
 */
public record TenderView(
        UUID id,
        long version,
        String number,
        String ocid,
        UUID buyerId,
        TenderTerms terms,
        String category,
        String currency,
        TenderState state,
        List<OpenerKey> keys,
        String termsDigest,
        @Nullable UUID actId,
        @Nullable UUID pendingAct,
        String endedReason,
        String endedNote,
        Instant madeAt,
        @Nullable Instant publishedAt,
        @Nullable Instant sealedAt,
        @Nullable Instant endedAt) {

    public TenderView {
        keys = List.copyOf(keys);
    }

    /** Whether every opener has a key for every envelope. */
    public boolean hasAllKeys() {
        return keys.size() == terms.openers().size() * terms.envelopes().size();
    }
}
