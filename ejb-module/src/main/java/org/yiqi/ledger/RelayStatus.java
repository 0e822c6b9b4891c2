package org.yiqi.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator needs to know when acts wait.
 *
 * @param problem why the relay cannot go on, in the words of whoever refused; null while all is well
 * @param retryAt when it tries again
 * @param transactions those on their way, then the last that were settled
 * @param oldest the acts that have waited longest
 */
public record RelayStatus(
        @Nullable String problem,
        @Nullable Instant problemSince,
        int attempts,
        @Nullable Instant retryAt,
        List<Transaction> transactions,
        List<Waiting> oldest) {

    public RelayStatus {
        transactions = List.copyOf(transactions);
        oldest = List.copyOf(oldest);
    }

    /**
     * A transaction of the channel.
     *
     * @param sends how often it was sent
     * @param code what became of it: {@code VALID} or why not; null while no block has told
     */
    public record Transaction(
            String id,
            int acts,
            List<String> endorsers,
            Instant preparedAt,
            int sends,
            @Nullable String code,
            @Nullable Long block,
            @Nullable Instant settledAt) {

        public Transaction {
            endorsers = List.copyOf(endorsers);
        }
    }

    /**
     * An act that waits.
     *
     * @param createdAt since when: also when it went back into the outbox as its local ledger grew up
     * @param stopped whether a refused act of the same subject keeps it
     */
    public record Waiting(UUID id, String type, String subject, Instant createdAt, boolean stopped) {}
}
