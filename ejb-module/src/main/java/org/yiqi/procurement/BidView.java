package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/**
 * A sealed bid as its bidder sees it.
 *
 * @param version the one that counts, 0 while none was submitted
 * @param nextVersion the one in the making, or null
 * @param uploaded how many bytes of each envelope of the version in the making are here
 * @param commitment digest of what was submitted
 * @param submittedAt what the time token says
 */
public record BidView(
        UUID id,
        UUID tenderId,
        String lot,
        State state,
        String publicKey,
        int version,
        @Nullable Integer nextVersion,
        Instant deadline,
        @Nullable String commitment,
        @Nullable Instant submittedAt,
        Map<String, Long> uploaded) {

    /** How far it has come. */
    public enum State {
        DRAFT,
        SUBMITTED,
        /** The tender was amended and the bid was not made again for it: it does not count. */
        LAPSED,
        WITHDRAWN
    }

    static final String SELECT = """
            select b.id, b.tender_id, b.lot, b.state, b.public_key, b.version, b.deadline, n.version as next_version,
              v.commitment, v.stamped_at, v.manifest::json ->> 'terms' as terms from procurement.bid b
            left join procurement.bid_version v on v.bid_id = b.id and v.version = b.version
            left join procurement.bid_version n on n.bid_id = b.id and n.state in ('DRAFT', 'STAMPED')""";

    /** @param terms those that bids have to be made for now */
    static BidView read(ResultSet rs, String terms) throws SQLException {
        State kept = State.valueOf(rs.getString("state"));
        return new BidView(
                rs.getObject("id", UUID.class),
                rs.getObject("tender_id", UUID.class),
                rs.getString("lot"),
                kept == State.SUBMITTED && !terms.equals(rs.getString("terms")) ? State.LAPSED : kept,
                rs.getString("public_key"),
                rs.getInt("version"),
                rs.getObject("next_version", Integer.class),
                Objects.requireNonNull(Sql.instant(rs, "deadline")),
                rs.getString("commitment"),
                Sql.instant(rs, "stamped_at"),
                Map.of());
    }

    BidView with(Map<String, Long> bytes) {
        return new BidView(
                id, tenderId, lot, state, publicKey, version, nextVersion, deadline, commitment, submittedAt, bytes);
    }
}
