package org.yiqi.procurement;

import java.util.UUID;

/** A tender failed or was cancelled, with its reason published. */
public record TenderEnded(UUID tender) {}
