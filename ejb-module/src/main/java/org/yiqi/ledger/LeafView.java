package org.yiqi.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the evidence log and what it was made of: SHA-256 of 0x00, the salt and the content is its hash.
 *
 * @param leaf its place, from 0; null while it waits for one
 * @param of such as {@code document:0197…}
 * @param hash in hexadecimal
 * @param salt in Base64; null when it was erased
 * @param content canonical JSON; null when it was erased
 * @param controller the organisation that may have it erased, if what it is can be
 * @param anchor the first root that covers it, once there is one
 */
public record LeafView(
        @Nullable Long leaf,
        String of,
        String hash,
        @Nullable String salt,
        @Nullable String content,
        Instant submittedAt,
        boolean erasable,
        @Nullable UUID controller,
        @Nullable Erasure erased,
        @Nullable RootView anchor) {

    /** When and why salt and content were destroyed. */
    public record Erasure(Instant at, String reason) {}
}
