package org.yiqi.procurement;

import java.util.UUID;

/** A tender is published: the buyer and all openers have signed. */
public record TenderPublished(UUID tender) {}
