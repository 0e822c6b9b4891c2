package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/**
 * A change of a published tender. Bids made before it are for other terms and have to be made again.
 *
 * @param substantial whether it may bear on how bids are drawn up, so that time has to be left after it
 * @param signedAt from when it holds; null as long as it waits for the buyer's signature
 */
public record AmendmentView(
        int number,
        String text,
        boolean substantial,
        Instant oldDeadline,
        Instant newDeadline,
        @Nullable UUID actId,
        @Nullable Instant signedAt) {

    static AmendmentView read(ResultSet rs) throws SQLException {
        return new AmendmentView(
                rs.getInt("number"),
                rs.getString("text"),
                rs.getBoolean("substantial"),
                rs.getTimestamp("old_deadline").toInstant(),
                rs.getTimestamp("new_deadline").toInstant(),
                rs.getObject("act_id", UUID.class),
                Sql.instant(rs, "signed_at"));
    }
}
