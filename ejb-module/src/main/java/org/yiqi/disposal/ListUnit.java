package org.yiqi.disposal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * Puts a unit up for auction.
 *
 * @param start the first price; for a Dutch auction the highest
 * @param step by how much a bid is higher than the last
 * @param stepSeconds how often a Dutch price falls by a hundredth of the start
 * @param reserve what the owner keeps to itself: below it nobody wins
 * @param opensAt when bidding begins; null as soon as the time to correct the listing is over
 */
public record ListUnit(
        AuctionKind kind,
        String description,
        Money start,
        Money step,
        int stepSeconds,
        Money reserve,
        @Nullable Instant opensAt,
        Instant closesAt) {}
