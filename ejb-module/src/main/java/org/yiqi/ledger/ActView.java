package org.yiqi.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.SignedAct;

/**
 * An act and how far it has come.
 *
 * @param missing organisations that have still to sign
 * @param refusal the ledger's code, when it is REJECTED
 * @param position its place in the journal, once recorded
 * @param block of the channel in which it stands; null on a local ledger
 * @param transactionId on the channel; null on a local ledger
 */
public record ActView(
        SignedAct signed,
        String digest,
        ActState state,
        List<UUID> missing,
        @Nullable String refusal,
        @Nullable UUID reference,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant recordedAt,
        @Nullable Long position,
        @Nullable Long block,
        @Nullable String transactionId) {

    public ActView {
        missing = List.copyOf(missing);
    }

    public UUID id() {
        return signed.act().id();
    }
}
