package org.yiqi.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of RFC 6962 over the leaves of an append-only log: SHA-256, leaves prefixed with 0x00, inner nodes with 0x01.
 *
 * <p>Only complete subtrees are ever stored: the node {@code (level, position)} covers the {@code 2^level} leaves from
 * {@code position << level} on, and once it is there it never changes. Everything else is folded from them, so that a
 * proof needs a few dozen of them, however large the log.
 */
public final class MerkleTree {

    private MerkleTree() {}

    /** Where the hashes of complete subtrees come from. */
    @FunctionalInterface
    public interface Nodes {

        /** The hash of a complete subtree; level 0 are the leaves. */
        byte[] hash(int level, long position);
    }

    /** What a leaf stands for in the tree: SHA-256 of 0x00, the salt and the canonical bytes. */
    public static byte[] leaf(byte[] salt, byte[] content) {
        return sha256(new byte[] {0}, salt, content);
    }

    /** The hash of two subtrees side by side. */
    public static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    /** The root over the first {@code size} leaves. */
    public static byte[] root(long size, Nodes nodes) {
        if (size < 0) {
            throw new IllegalArgumentException("a log has no negative size");
        }
        return size == 0 ? sha256() : range(0, size, nodes);
    }

    /** The root over leaf hashes that are all at hand. */
    public static byte[] root(List<byte[]> leaves) {
        return root(leaves.size(), complete(leaves));
    }

    /** Complete subtrees over leaf hashes that are all at hand; each is computed when it is asked for. */
    public static Nodes complete(List<byte[]> leaves) {
        return new Nodes() {
            @Override
            public byte[] hash(int level, long position) {
                return level == 0
                        ? leaves.get(Math.toIntExact(position))
                        : node(hash(level - 1, position * 2), hash(level - 1, position * 2 + 1));
            }
        };
    }

    /** What shows that a leaf is in the log of that size: the hashes beside its way to the root, the nearest first. */
    public static List<byte[]> inclusion(long leaf, long size, Nodes nodes) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("there is no such leaf in a log of that size");
        }
        List<byte[]> path = new ArrayList<>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + half(end - start);
            if (leaf < middle) {
                path.add(0, range(middle, end, nodes));
                end = middle;
            } else {
                path.add(0, range(start, middle, nodes));
                start = middle;
            }
        }
        return path;
    }

    /** What shows that the log of size {@code to} begins with the log of size {@code from}. */
    public static List<byte[]> consistency(long from, long to, Nodes nodes) {
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("a log is extended from at least one leaf, and never shortened");
        }
        List<byte[]> path = new ArrayList<>();
        long start = 0;
        long end = to;
        boolean known = true;
        while (from != end) {
            long middle = start + half(end - start);
            if (from <= middle) {
                path.add(0, range(middle, end, nodes));
                end = middle;
            } else {
                path.add(0, range(start, middle, nodes));
                start = middle;
                known = false;
            }
        }
        if (!known) {
            path.add(0, range(start, end, nodes));
        }
        return path;
    }

    /** The root that a leaf's hash and its path lead to; a path of the wrong length leads nowhere: an empty hash. */
    public static byte[] follow(byte[] leafHash, long leaf, long size, List<byte[]> path) {
        if (leaf < 0 || leaf >= size) {
            return new byte[0];
        }
        long position = leaf;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] beside : path) {
            if (last == 0) {
                return new byte[0];
            }
            if ((position & 1) == 1 || position == last) {
                hash = node(beside, hash);
                while ((position & 1) == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, beside);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 ? hash : new byte[0];
    }

    /** Whether the path shows that the log with the later root begins with the log with the earlier one. */
    public static boolean extended(long from, byte[] earlier, long to, byte[] later, List<byte[]> path) {
        if (from < 1 || from > to) {
            return false;
        }
        if (from == to) {
            return path.isEmpty() && MessageDigest.isEqual(earlier, later);
        }
        List<byte[]> hashes = new ArrayList<>(path);
        if (Long.bitCount(from) == 1) {
            hashes.add(0, earlier);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        long position = from - 1;
        long last = to - 1;
        while ((position & 1) == 1) {
            position >>= 1;
            last >>= 1;
        }
        byte[] before = hashes.get(0);
        byte[] after = hashes.get(0);
        for (byte[] beside : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                before = node(beside, before);
                after = node(beside, after);
                while ((position & 1) == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                after = node(after, beside);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(before, earlier) && MessageDigest.isEqual(after, later);
    }

    /** The hash over the leaves from start to end, where start is a place that the tree itself divides at. */
    private static byte[] range(long start, long end, Nodes nodes) {
        long size = end - start;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.hash(level, start >> level);
        }
        long middle = start + half(size);
        return node(range(start, middle, nodes), range(middle, end, nodes));
    }

    /** The largest power of two below the size. */
    private static long half(long size) {
        return Long.highestOneBit(size - 1);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
