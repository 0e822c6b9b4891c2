package org.yiqi.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the ledger is doing.
 *
 * @param kind {@code LOCAL}: one operator, no consensus
 * @param notice what every page and bundle says of this kind
 * @param founding digest of the founding, to be compared out of band; empty before the founding
 * @param position of the journal's last line, -1 before the founding
 * @param head hash of that line
 * @param signedAt when the operator last signed a head
 * @param oldestPendingSeconds how long the oldest complete act has waited for the relay
 * @param stopped subjects that a refused act has stopped
 */
public record LedgerStatus(
        String kind,
        String notice,
        String founding,
        long position,
        String head,
        @Nullable Instant signedAt,
        long recorded,
        long pending,
        long waitingSignature,
        long rejected,
        long oldestPendingSeconds,
        long stopped) {}
