package org.yiqi.maintenance;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Listing.RowMapper;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** SQL of this area on the transaction's own connection. */
@ApplicationScoped
class Database {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<R> {
        R on(Connection c) throws SQLException;
    }

    <R> R in(Work<R> work) {
        try (Connection c = dataSource.getConnection()) {
            return work.on(c);
        } catch (SQLException e) {
            BusinessException refusal = DatabaseRefusals.in(e);
            throw refusal == null ? new IllegalStateException("The database refused a statement", e) : refusal;
        }
    }

    /**
     * For what must look or write beyond the caller's own rows after the guard has passed, calls of other services included;
     * the context is put back.
     */
    <R> R beyondTenant(Work<R> work) {
        List<R> result = new ArrayList<>();
        caller.asSystem(() -> result.add(in(c -> {
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            return work.on(c);
        })));
        // After a failure the transaction rolls back, and the settings with it.
        YiqiPrincipal principal = caller.find();
        in(c -> {
            TenancyInterceptor.apply(
                    c, principal == null ? "" : principal.orgId().toString(), caller.scope());
            return true;
        });
        return result.get(0);
    }

    int run(String sql, @Nullable Object... values) {
        return in(c -> {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                bind(s, values);
                return s.executeUpdate();
            }
        });
    }

    <T> List<T> all(String sql, RowMapper<T> mapper, @Nullable Object... values) {
        return in(c -> {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                bind(s, values);
                List<T> rows = new ArrayList<>();
                try (ResultSet rs = s.executeQuery()) {
                    while (rs.next()) {
                        rows.add(mapper.map(rs));
                    }
                }
                return rows;
            }
        });
    }

    <T> Optional<T> one(String sql, RowMapper<T> mapper, @Nullable Object... values) {
        List<T> rows = all(sql, mapper, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    <T> Page<T> page(Listing<T> listing, ListQuery query) {
        return in(c -> listing.page(c, query));
    }

    /** Makes all who would open the same thing wait for each other until the transaction ends. */
    void oneAtATime(String what) {
        all("select pg_advisory_xact_lock(hashtextextended(?, 0))", rs -> true, what);
    }

    private static void bind(PreparedStatement s, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant instant) {
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

    static Instant at(ResultSet rs, String column) throws SQLException {
        return rs.getTimestamp(column).toInstant();
    }

    static @Nullable UUID id(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, UUID.class);
    }
}
