package org.yiqi.procurement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/**
 * A plan as a list shows it.
 *
 * @param waitsFor whose signature is next while it is being approved
 */
public record PurchasePlanRow(
        UUID id,
        String number,
        String title,
        String category,
        int quantity,
        Amount total,
        PlanState state,
        @Nullable ApprovalStep waitsFor,
        Instant madeAt) {}
