package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/** A question on a tender. Who asked is nobody's business: not even the buyer's. */
public record QuestionView(
        UUID id,
        long version,
        @Nullable String lot,
        String text,
        Instant askedAt,
        String answer,
        @Nullable Instant answeredAt) {

    static QuestionView read(ResultSet rs) throws SQLException {
        return new QuestionView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("lot"),
                rs.getString("text"),
                rs.getTimestamp("asked_at").toInstant(),
                rs.getString("answer"),
                Sql.instant(rs, "answered_at"));
    }
}
