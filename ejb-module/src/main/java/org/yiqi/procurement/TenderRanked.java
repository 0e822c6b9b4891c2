package org.yiqi.procurement;

import java.util.UUID;

/** The buyer has signed the ranking: what was scored is published. */
public record TenderRanked(UUID tender) {}
