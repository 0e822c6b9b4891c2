package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.LedgerState;

/** The local ledger's state for one batch of the relay: each key is read once, and all writes go out together. */
final class BatchState implements LedgerState {

    private final Connection connection;
    private final JdbcLedgerState stored;
    private final Map<String, Optional<String>> read = new HashMap<>();
    private final NavigableMap<String, String> written = new TreeMap<>();

    BatchState(Connection connection) {
        this.connection = connection;
        this.stored = new JdbcLedgerState(connection);
    }

    @Override
    public @Nullable String get(String key) {
        String own = written.get(key);
        return own != null
                ? own
                : read.computeIfAbsent(key, k -> Optional.ofNullable(stored.get(k)))
                        .orElse(null);
    }

    @Override
    public void put(String key, String value) {
        written.put(key, value);
    }

    @Override
    public List<Entry> range(String prefix) {
        NavigableMap<String, String> merged = new TreeMap<>();
        stored.range(prefix).forEach(entry -> merged.put(entry.key(), entry.value()));
        written.tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
        return merged.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    void flush() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(JdbcLedgerState.UPSERT)) {
            for (Map.Entry<String, String> entry : written.entrySet()) {
                s.setString(1, entry.getKey());
                s.setString(2, entry.getValue());
                s.addBatch();
            }
            s.executeBatch();
        }
        written.forEach((key, value) -> read.put(key, Optional.of(value)));
        written.clear();
    }
}
