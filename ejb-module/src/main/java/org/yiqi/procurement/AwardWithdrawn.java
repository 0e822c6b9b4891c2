package org.yiqi.procurement;

import java.util.UUID;

/** A regulator upheld a complaint: the award that was announced does not stand. */
public record AwardWithdrawn(UUID tender, UUID notice) {}
