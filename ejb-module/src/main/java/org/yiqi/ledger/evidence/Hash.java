package org.yiqi.ledger.evidence;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes of a hash that can be compared. */
final class Hash {

    private static final int BYTES = 32;

    private final byte[] bytes;

    Hash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static @Nullable Hash orNull(byte @Nullable [] bytes) {
        return bytes == null ? null : new Hash(bytes);
    }

    /** Whether it can be a SHA-256 at all. */
    boolean isWhole() {
        return bytes.length == BYTES;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
