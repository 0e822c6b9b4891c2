package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;

/** A revision of a price list. */
public record TariffView(UUID id, UUID ownerOrg, String name, int revision, Instant createdAt, TariffTerms terms) {}
