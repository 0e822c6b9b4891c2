package org.yiqi.disposal;

import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Money;

/** The line above which an authority signs a disposal, and which regulator put it on the ledger. */
public record ValueLine(UUID setBy, Money line, Instant setAt) {}
