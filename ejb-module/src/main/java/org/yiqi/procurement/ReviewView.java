package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/**
 * What an organisation that has such a device at work says of a product. It stays as it was written; the supplier answers.
 *
 * @param stars on the whole, 1 to 5; {@code quality} of the device and {@code service} of the supplier likewise
 * @param answer the supplier's, otherwise empty
 */
public record ReviewView(
        UUID id,
        long version,
        UUID organisationId,
        int stars,
        int quality,
        int service,
        String text,
        Instant writtenAt,
        String answer,
        @Nullable Instant answeredAt) {

    static ReviewView read(ResultSet rs) throws SQLException {
        return new ReviewView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("org_id", UUID.class),
                rs.getInt("stars"),
                rs.getInt("quality"),
                rs.getInt("service"),
                rs.getString("text"),
                rs.getTimestamp("written_at").toInstant(),
                rs.getString("answer"),
                Sql.instant(rs, "answered_at"));
    }
}
