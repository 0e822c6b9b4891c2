package org.yiqi.procurement;

import java.util.UUID;
import org.yiqi.shared.Money;

/** A lot went to a bid: the buyer has signed. */
public record LotAwarded(UUID tender, String lot, UUID bid, UUID bidder, Money amount) {}
