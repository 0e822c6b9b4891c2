package org.yiqi.procurement;

import java.util.UUID;

/** A complaint stops an award, or the last one that did is decided and the standstill goes on. */
public record AwardSuspended(UUID tender, UUID notice) {}
