package org.yiqi.equipment;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.Listing.RowMapper;

/** Plain JDBC on the transaction's connection, with the conversions of this area. */
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
            throw new DatabaseFailure(e);
        }
    }

    static int run(Connection c, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            bind(c, s, values);
            return s.executeUpdate();
        }
    }

    static <T> List<T> all(Connection c, String sql, RowMapper<T> mapper, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            bind(c, s, values);
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

    static void bind(Connection c, PreparedStatement s, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                // An unknown type lets PostgreSQL take the column's.
                s.setNull(i + 1, Types.NULL);
            } else if (value instanceof Instant instant) {
                s.setTimestamp(i + 1, Timestamp.from(instant));
            } else if (value instanceof LocalDate day) {
                s.setDate(i + 1, Date.valueOf(day));
            } else if (value instanceof Enum<?> name) {
                s.setString(i + 1, name.name());
            } else if (value instanceof String[] texts) {
                s.setArray(i + 1, c.createArrayOf("text", texts));
            } else {
                s.setObject(i + 1, value);
            }
        }
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getTimestamp(column).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
        Timestamp at = rs.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    static @Nullable LocalDate day(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, LocalDate.class);
    }

    static @Nullable Double real(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, Double.class);
    }

    static UUID uuid(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, UUID.class);
    }

    static @Nullable UUID uuidOrNull(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, UUID.class);
    }

    static List<String> texts(ResultSet rs, String column) throws SQLException {
        return List.of((String[]) rs.getArray(column).getArray());
    }
}
