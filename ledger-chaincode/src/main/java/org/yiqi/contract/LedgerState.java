package org.yiqi.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules keep what they know: a peer's world state, a table, or memory.
 *
 * <p>Values are canonical JSON. Keys are ASCII and compare byte by byte.
 */
public interface LedgerState {

    /** The value of a key, or null if there is none. */
    @Nullable
    String get(String key);

    /** Sets a key's value. */
    void put(String key, String value);

    /** All entries whose key starts with the prefix, in the order of their keys. */
    List<Entry> range(String prefix);

    /** One key and its value. */
    record Entry(String key, String value) {}
}
