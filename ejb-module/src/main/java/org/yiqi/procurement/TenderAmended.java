package org.yiqi.procurement;

import java.util.UUID;

/** A tender has new terms or a new deadline: bids made before are for other terms. */
public record TenderAmended(UUID tender) {}
