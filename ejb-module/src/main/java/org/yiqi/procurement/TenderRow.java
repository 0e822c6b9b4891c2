package org.yiqi.procurement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** A tender as a list shows it. */
public record TenderRow(
        UUID id,
        String number,
        String ocid,
        String title,
        String titleEn,
        UUID buyerId,
        String buyerZh,
        String buyerEn,
        Amount value,
        TenderState state,
        Instant deadline,
        @Nullable Instant publishedAt) {

    /** In the language of the reader. */
    public String title(String language) {
        return language.startsWith("zh") ? title : titleEn;
    }

    /** In the language of the reader. */
    public String buyer(String language) {
        return language.startsWith("zh") ? buyerZh : buyerEn;
    }
}
