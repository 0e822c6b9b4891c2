package org.yiqi.procurement;

import java.util.UUID;

/** A buyer has published to whom it means to award a lot. */
public record AwardNoticed(UUID tender, UUID notice) {}
