package org.yiqi.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.Listing.RowMapper;

/** Plain JDBC on the transaction's connection. */
final class Sql {

    private Sql() {}

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<R> {
        R run(Connection c) throws SQLException;
    }

    static <R> R in(DataSource dataSource, Work<R> work) {
        try (Connection c = dataSource.getConnection()) {
            return work.run(c);
        } catch (SQLException e) {
            // The cause says whether a constraint stands behind it.
            throw new IllegalStateException(e);
        }
    }

    static int run(Connection c, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            bind(s, values);
            return s.executeUpdate();
        }
    }

    static <T> List<T> all(Connection c, String sql, RowMapper<T> mapper, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            bind(s, values);
            try (ResultSet rs = s.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (rs.next()) {
                    rows.add(mapper.map(rs));
                }
                return rows;
            }
        }
    }

    static <T> Optional<T> one(Connection c, String sql, RowMapper<T> mapper, @Nullable Object... values)
            throws SQLException {
        List<T> rows = all(c, sql, mapper, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    private static void bind(PreparedStatement s, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                // An unknown type lets PostgreSQL take the column's.
                s.setNull(i + 1, Types.NULL);
            } else if (value instanceof Instant instant) {
                s.setTimestamp(i + 1, Timestamp.from(instant));
            } else if (value instanceof Enum<?> name) {
                s.setString(i + 1, name.name());
            } else {
                s.setObject(i + 1, value);
            }
        }
    }

    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp at = rs.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
