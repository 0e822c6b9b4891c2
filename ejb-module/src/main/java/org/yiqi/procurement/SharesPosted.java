package org.yiqi.procurement;

import java.util.UUID;

/** An opener released its shares of a tender's envelope; with the last one that was needed, all of them were opened. */
public record SharesPosted(UUID tenderId, String envelope) {}
