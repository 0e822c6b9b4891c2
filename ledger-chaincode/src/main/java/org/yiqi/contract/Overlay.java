package org.yiqi.contract;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes that are visible to those who come after in the same batch, and to nobody else until they are flushed.
 *
 * <p>A Fabric transaction does not see its own writes; and what a refused act began to write must leave no trace.
 */
final class Overlay implements LedgerState {

    private final LedgerState below;
    private final NavigableMap<String, String> writes = new TreeMap<>();

    Overlay(LedgerState below) {
        this.below = below;
    }

    @Override
    public @Nullable String get(String key) {
        String written = writes.get(key);
        return written == null ? below.get(key) : written;
    }

    @Override
    public void put(String key, String value) {
        writes.put(key, value);
    }

    @Override
    public List<Entry> range(String prefix) {
        NavigableMap<String, String> merged = new TreeMap<>();
        below.range(prefix).forEach(entry -> merged.put(entry.key(), entry.value()));
        for (Map.Entry<String, String> write : writes.tailMap(prefix, true).entrySet()) {
            if (!write.getKey().startsWith(prefix)) {
                break;
            }
            merged.put(write.getKey(), write.getValue());
        }
        return merged.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    void flush() {
        writes.forEach(below::put);
        writes.clear();
    }
}
