package org.yiqi.billing;

import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Money;

/** Money that came in for an invoice; its reference is unique for the one who receives it. */
public record PaymentView(UUID id, UUID invoiceId, String reference, Money amount, Instant receivedAt) {}
