package org.yiqi.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A root of the evidence log that was anchored.
 *
 * @param size how many leaves it covers
 * @param root in hexadecimal
 * @param actId the act that carries it on the ledger; null for roots from before there was one
 * @param state how far that act has come
 */
public record RootView(
        long size,
        String root,
        Instant anchoredAt,
        @Nullable UUID actId,
        @Nullable ActState state,
        @Nullable Instant recordedAt) {}
