package org.yiqi.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/** A person as their organisation knows them. {@code version} is the membership's. */
public record PersonView(
        UUID id,
        long version,
        String username,
        String name,
        String email,
        String phone,
        String department,
        List<String> roles,
        boolean active,
        Instant since,
        @Nullable Instant endedAt,
        boolean secondFactor) {

    static PersonView read(ResultSet rs) throws SQLException {
        return new PersonView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("username"),
                rs.getString("name"),
                rs.getString("email"),
                rs.getString("phone"),
                rs.getString("department"),
                Sql.texts(rs, "roles"),
                rs.getBoolean("active"),
                rs.getTimestamp("since").toInstant(),
                Sql.instant(rs, "ended_at"),
                rs.getBoolean("second_factor"));
    }
}
