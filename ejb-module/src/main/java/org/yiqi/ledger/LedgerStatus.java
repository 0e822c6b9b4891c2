package org.yiqi.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the ledger is doing.
 *
 * @param kind {@code LOCAL}: one operator, no consensus; {@code FABRIC}: a channel of several organisations
 * @param notice what every page and bundle says of this kind
 * @param founding digest of the founding, to be compared out of band; empty before the founding
 * @param position of the journal's last line, -1 before the founding
 * @param head hash of that line
 * @param signedAt when the operator last signed a head
 * @param oldestPendingSeconds how long the oldest complete act has waited for the relay
 * @param stopped subjects that a refused act has stopped
 * @param attempts how often the relay has tried in vain since it last succeeded; 0 while all is well
 * @param channel the channel, if the ledger is one
 * @param continues the local ledger that this one continues, if it continues one
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
        long stopped,
        int attempts,
        @Nullable Channel channel,
        @Nullable Continued continues) {

    /**
     * A local ledger that has grown up.
     *
     * @param hash of the last line of its journal
     * @param acts how many it held
     * @param replayed how many of them the channel has recorded by now
     */
    public record Continued(String hash, long acts, Instant movedAt, long replayed) {}

    /**
     * The channel that the acts are on.
     *
     * @param ordering {@code raft1}, {@code raft3} or {@code bft}
     * @param height how many blocks this platform has read
     * @param readAt when it read the last one
     * @param onTheWay transactions that were sent and of which no block has told yet
     * @param endorsers whose peers must agree: the regulator's, and one of the others'
     */
    public record Channel(
            String name,
            String contract,
            String contractVersion,
            String ordering,
            long height,
            @Nullable Instant readAt,
            long onTheWay,
            List<String> endorsers) {

        public Channel {
            endorsers = List.copyOf(endorsers);
        }
    }
}
