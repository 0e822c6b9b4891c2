package org.yiqi.procurement;

import java.util.UUID;

/** A tender is closed: no bid comes in or goes any more. */
public record TenderSealed(UUID tender) {}
