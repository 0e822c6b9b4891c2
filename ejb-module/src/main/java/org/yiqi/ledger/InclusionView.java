package org.yiqi.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shows that a leaf is in the log with that root.
 *
 * @param hash of the leaf, in hexadecimal
 * @param root over {@code size} leaves, in hexadecimal
 * @param path the hashes beside the leaf's way to the root, nearest first, in Base64 (RFC 6962, 2.1.1)
 * @param anchor the anchored root of that size, if it is one
 */
public record InclusionView(
        long leaf,
        String hash,
        long size,
        String root,
        List<String> path,
        @Nullable RootView anchor) {

    public InclusionView {
        path = List.copyOf(path);
    }
}
