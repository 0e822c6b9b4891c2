package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An opening as everybody may watch it.
 *
 * @param closed whether the closing is recorded on the ledger: before that nobody releases anything
 * @param hidden how many live bids have not shown their bidder yet
 */
public record OpeningView(
        UUID tenderId,
        Instant deadline,
        boolean closed,
        int threshold,
        List<UUID> openers,
        int hidden,
        List<Stage> envelopes) {

    /**
     * One envelope.
     *
     * @param due how many bids are to be opened; 0 until it is this envelope's turn
     * @param actId the record of the opening, signed by the openers; null until then
     */
    public record Stage(
            String envelope,
            int due,
            List<Posted> posted,
            @Nullable Instant openedAt,
            @Nullable UUID actId,
            List<Result> results) {}

    /**
     * What an opener released.
     *
     * @param wrong how many of its shares are not those that were dealt to it: its fault, and proved
     */
    public record Posted(UUID opener, Instant at, int shares, int wrong) {}

    /**
     * What came out of one bid's envelope.
     *
     * @param bidder who made it
     * @param digest of the content, as it is on the ledger; null if it cannot be read
     * @param fault {@code BIDDER} if every proof holds and nothing was inside that can be read, {@code CUSTODIAN} while the bytes that
     *     were committed to are not here: who has them may bring them
     * @param values what was in the price envelope; empty for the technical one, which only evaluators read
     */
    public record Result(
            UUID bid,
            String lot,
            @Nullable UUID bidder,
            @Nullable String digest,
            @Nullable String fault,
            Map<String, String> values) {}
}
