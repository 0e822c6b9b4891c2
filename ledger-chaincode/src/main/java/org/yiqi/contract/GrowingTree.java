package org.yiqi.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * The edge of a log that grows: of everything before it, only the roots of the largest complete subtrees are held, so a
 * million leaves need twenty hashes.
 */
public final class GrowingTree {

    /** Hears of each complete subtree above the leaves once it is complete. */
    @FunctionalInterface
    public interface Completed {
        void node(int level, long position, byte[] hash);
    }

    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    /** A log without leaves. */
    public GrowingTree() {}

    /** A log that has this many leaves already, of which the complete subtrees are known. */
    public GrowingTree(long size, MerkleTree.Nodes nodes) {
        this.size = size;
        long start = 0;
        for (int level = Long.SIZE - 2; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                peaks.add(nodes.hash(level, start >> level));
                start += 1L << level;
            }
        }
    }

    /** Adds a leaf and the nodes that it completes. */
    public void add(byte[] leafHash, Completed completed) {
        byte[] node = leafHash;
        int level = 0;
        for (long s = size; (s & 1) == 1; s >>= 1) {
            node = MerkleTree.node(peaks.remove(peaks.size() - 1), node);
            level++;
            completed.node(level, size >> level, node);
        }
        peaks.add(node);
        size++;
    }

    /** Adds a leaf. */
    public void add(byte[] leafHash) {
        add(leafHash, (level, position, hash) -> {});
    }

    public long size() {
        return size;
    }

    /** The root over all leaves so far. */
    public byte[] root() {
        if (peaks.isEmpty()) {
            return MerkleTree.sha256();
        }
        byte[] root = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleTree.node(peaks.get(i), root);
        }
        return root;
    }
}
