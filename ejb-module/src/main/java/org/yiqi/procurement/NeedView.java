package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What a department lacks.
 *
 * @param answer why it was declined, otherwise empty
 */
public record NeedView(
        UUID id,
        long version,
        String number,
        UUID organisationId,
        String department,
        String category,
        String title,
        int quantity,
        String reason,
        LocalDate wantedBy,
        NeedState state,
        String answer,
        UUID raisedBy,
        Instant raisedAt) {

    static NeedView read(ResultSet rs) throws SQLException {
        return new NeedView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                rs.getString("department"),
                rs.getString("category"),
                rs.getString("title"),
                rs.getInt("quantity"),
                rs.getString("reason"),
                rs.getObject("wanted_by", LocalDate.class),
                NeedState.valueOf(rs.getString("state")),
                rs.getString("answer"),
                rs.getObject("raised_by", UUID.class),
                rs.getTimestamp("raised_at").toInstant());
    }
}
