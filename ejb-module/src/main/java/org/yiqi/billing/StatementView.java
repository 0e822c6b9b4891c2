package org.yiqi.billing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.QuoteLine;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

/**
 * What a rental cost and why.
 *
 * @param reproduces whether the lines came out the same when they were computed again just now
 */
public record StatementView(
        UUID id,
        long version,
        StatementState state,
        UUID rentalId,
        String rentalNumber,
        String unitZh,
        String unitEn,
        UUID ownerOrg,
        String ownerZh,
        String ownerEn,
        UUID lesseeOrg,
        String lesseeZh,
        String lesseeEn,
        UUID tariffId,
        String tariffName,
        int tariffRevision,
        Period period,
        int uses,
        List<QuoteLine> lines,
        Money total,
        boolean reproduces,
        @Nullable InvoiceView invoice,
        Instant createdAt) {

    /** In the language of the reader. */
    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }

    /** In the language of the reader. */
    public String owner(String language) {
        return language.startsWith("zh") ? ownerZh : ownerEn;
    }

    /** In the language of the reader. */
    public String lessee(String language) {
        return language.startsWith("zh") ? lesseeZh : lesseeEn;
    }
}
