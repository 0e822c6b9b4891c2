package org.yiqi.contract.fabric;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.LedgerState;

/**
 * A peer's world state within one transaction.
 *
 * <p>What is read is asked for once: each question is a message to the peer. What is written is kept back until {@link
 * #write}, since a transaction does not see its own writes.
 */
final class FabricState implements LedgerState {

    private final ChaincodeStub stub;
    private final PeerStream peer;
    private final Map<String, String> read = new HashMap<>();
    private final NavigableMap<String, String> written = new TreeMap<>();

    FabricState(ChaincodeStub stub, PeerStream peer) {
        this.stub = stub;
        this.peer = peer;
    }

    /** Reads keys that will be asked for, all at once. */
    void fetch(List<String> keys) {
        peer.read(stub.getChannelId(), stub.getTxId(), keys)
                .forEach((key, value) -> read.put(key, value.toStringUtf8()));
    }

    /** Whether there was nothing under a key that has been read, before this transaction. */
    boolean isNew(String key) {
        return "".equals(read.get(key));
    }

    @Override
    public @Nullable String get(String key) {
        String own = written.get(key);
        if (own != null) {
            return own;
        }
        // An empty value stands for "not there": no document is empty.
        String value = read.computeIfAbsent(key, this::ask);
        return value.isEmpty() ? null : value;
    }

    private String ask(String key) {
        byte[] value = stub.getState(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public void put(String key, String value) {
        written.put(key, value);
    }

    @Override
    public List<Entry> range(String prefix) {
        // The whole range is part of what validators compare: an entry that appears in between voids the transaction.
        List<Entry> entries = new ArrayList<>();
        try (QueryResultsIterator<KeyValue> found = stub.getStateByRange(prefix, after(prefix))) {
            for (KeyValue each : found) {
                entries.add(new Entry(each.getKey(), each.getStringValue()));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the peer did not end a range query", e);
        }
        return entries;
    }

    /** The first key behind all that start with the prefix. */
    private static String after(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    Map<String, String> written() {
        return Collections.unmodifiableMap(written);
    }

    /** Hands the writes to the peer, in the order of their keys. */
    void write() {
        written.forEach((key, value) -> stub.putState(key, value.getBytes(StandardCharsets.UTF_8)));
    }
}
