package org.yiqi.contract;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A ledger state in memory: for replaying a history and for verifying a bundle away from the platform. */
public final class MemoryState implements LedgerState {

    private final NavigableMap<String, String> values = new TreeMap<>();

    @Override
    public @Nullable String get(String key) {
        return values.get(key);
    }

    @Override
    public void put(String key, String value) {
        values.put(key, value);
    }

    @Override
    public List<Entry> range(String prefix) {
        return values.tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }
}
