package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/**
 * A bidder's complaint about an award notice.
 *
 * @param grounds what the bidder says; empty for readers who are neither it, the buyer nor a regulator
 * @param decideBy until when the regulator decides
 * @param remedy what follows, when it was upheld
 * @param decision the regulator's reasons, which are published
 */
public record ComplaintView(
        UUID id,
        long version,
        String number,
        UUID noticeId,
        UUID tenderId,
        String lot,
        UUID bidder,
        UUID buyer,
        String grounds,
        ComplaintState state,
        @Nullable Remedy remedy,
        String decision,
        Instant madeAt,
        Instant decideBy,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt) {

    static ComplaintView read(ResultSet rs) throws SQLException {
        String remedy = rs.getString("remedy");
        return new ComplaintView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("notice_id", UUID.class),
                rs.getObject("tender_id", UUID.class),
                rs.getString("lot"),
                rs.getObject("org_id", UUID.class),
                rs.getObject("buyer_id", UUID.class),
                rs.getString("grounds"),
                ComplaintState.valueOf(rs.getString("state")),
                remedy.isEmpty() ? null : Remedy.valueOf(remedy),
                rs.getString("decision"),
                rs.getTimestamp("made_at").toInstant(),
                rs.getTimestamp("decide_by").toInstant(),
                rs.getObject("decided_org", UUID.class),
                Sql.instant(rs, "decided_at"));
    }

    /** What the public reads of it. */
    ComplaintView published() {
        return new ComplaintView(
                id, version, number, noticeId, tenderId, lot, bidder, buyer, "", state, remedy, decision, madeAt,
                decideBy, decidedBy, decidedAt);
    }
}
