package org.yiqi.procurement;

import java.util.UUID;
import org.yiqi.contract.sealing.BidContent;

/** An envelope that was opened and can be read. */
public record OpenedEnvelope(UUID bid, String lot, UUID bidder, BidContent content) {}
