package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.LedgerState;

/** The local ledger's state in PostgreSQL, seen through one transaction. */
final class JdbcLedgerState implements LedgerState {

    static final String UPSERT =
            "insert into ledger.state(key, value) values (?, ?) on conflict (key) do update set value = excluded.value";

    private final Connection connection;

    JdbcLedgerState(Connection connection) {
        this.connection = connection;
    }

    @Override
    public @Nullable String get(String key) {
        try (PreparedStatement s = connection.prepareStatement("select value from ledger.state where key = ?")) {
            s.setString(1, key);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? rs.getString(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void put(String key, String value) {
        try (PreparedStatement s = connection.prepareStatement(UPSERT)) {
            s.setString(1, key);
            s.setString(2, value);
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Entry> range(String prefix) {
        // Keys are ASCII and compared byte by byte, so the prefix's successor ends the range.
        String end = prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
        try (PreparedStatement s = connection.prepareStatement(
                "select key, value from ledger.state where key >= ? and key < ? order by key")) {
            s.setString(1, prefix);
            s.setString(2, end);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    entries.add(new Entry(rs.getString(1), rs.getString(2)));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
