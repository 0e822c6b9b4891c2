package org.yiqi.shared.db;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL in the caller's transaction, without the ceremony of JDBC. Every value is a parameter. What PostgreSQL
 * refuses comes out with its cause, so that {@code DatabaseRefusals} can name it.
 */
@ApplicationScoped
public class Sql {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    protected Sql() {}

    private Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Over another pool: the workers', or a test's. */
    public static Sql over(DataSource dataSource) {
        return new Sql(dataSource);
    }

    /** @return how many rows changed */
    public int update(String sql, @Nullable Object... values) {
        return with(c -> {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                bind(c, s, values);
                return s.executeUpdate();
            }
        });
    }

    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
        return with(c -> {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                bind(c, s, values);
                try (ResultSet rs = s.executeQuery()) {
                    List<T> all = new ArrayList<>();
                    while (rs.next()) {
                        all.add(row.read(rs));
                    }
                    return all;
                }
            }
        });
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
        return list(sql, row, values).stream().findFirst();
    }

    public boolean exists(String sql, @Nullable Object... values) {
        return !list(sql, rs -> Boolean.TRUE, values).isEmpty();
    }

    public <T> T with(Work<T> work) {
        try (Connection c = dataSource.getConnection()) {
            return work.run(c);
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused a statement", e);
        }
    }

    public static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp t = rs.getTimestamp(column);
        return t == null ? null : t.toInstant();
    }

    public static @Nullable LocalDate day(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, LocalDate.class);
    }

    public static List<String> texts(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    /** Sets the parameters of a statement: instants, days, lists of texts, bytes, and what the driver knows by itself. */
    public static void bind(Connection c, PreparedStatement s, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant at) {
                s.setTimestamp(i + 1, Timestamp.from(at));
            } else if (value instanceof LocalDate day) {
                s.setDate(i + 1, Date.valueOf(day));
            } else if (value instanceof Collection<?> texts) {
                s.setArray(i + 1, c.createArrayOf("text", texts.toArray()));
            } else if (value instanceof byte[] bytes) {
                s.setBytes(i + 1, bytes);
            } else {
                s.setObject(i + 1, value);
            }
        }
    }

    /** Reads the current row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet rs) throws SQLException;
    }

    /** Work on a connection of the current transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection c) throws SQLException;
    }
}
