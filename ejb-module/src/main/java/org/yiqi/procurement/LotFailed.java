package org.yiqi.procurement;

import java.util.UUID;

/** A lot came to nothing: the buyer has signed. */
public record LotFailed(UUID tender, String lot, EndReason reason) {}
