package org.yiqi.ledger;

import java.util.List;

/**
 * What shows that the log of size {@code to} begins with the log of size {@code from}: it was only ever extended.
 *
 * @param path hashes in Base64 (RFC 6962, 2.1.2)
 */
public record ConsistencyView(long from, String fromRoot, long to, String toRoot, List<String> path) {

    public ConsistencyView {
        path = List.copyOf(path);
    }
}
