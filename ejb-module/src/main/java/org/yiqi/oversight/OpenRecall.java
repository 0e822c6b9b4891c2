package org.yiqi.oversight;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the public reads of a recall.
 *
 * @param told how many organisations were told
 * @param confirmedInTime how many of them confirmed before their time was over
 */
public record OpenRecall(
        String number,
        String title,
        String recallClass,
        String authorityZh,
        String authorityEn,
        String nameZh,
        String nameEn,
        String manufacturer,
        String deviceIdentifier,
        String lot,
        String serialFrom,
        String serialTo,
        String state,
        Instant issuedAt,
        @Nullable Instant liftedAt,
        long units,
        long held,
        long told,
        long confirmed,
        long confirmedInTime) {}
