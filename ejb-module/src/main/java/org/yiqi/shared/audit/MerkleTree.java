package org.yiqi.shared.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The growing tree of RFC 6962: only the roots of its complete subtrees are held, so a million leaves need twenty hashes. */
final class MerkleTree {

    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    void add(byte[] leafHash) {
        byte[] node = leafHash;
        for (long s = size; (s & 1) == 1; s >>= 1) {
            node = parent(peaks.remove(peaks.size() - 1), node);
        }
        peaks.add(node);
        size++;
    }

    long size() {
        return size;
    }

    byte[] root() {
        if (peaks.isEmpty()) {
            return sha256();
        }
        byte[] root = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = parent(peaks.get(i), root);
        }
        return root;
    }

    private static byte[] parent(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
