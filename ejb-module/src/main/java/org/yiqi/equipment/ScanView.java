package org.yiqi.equipment;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a scanned or typed text says: an identifier taken apart, or a label of the platform; and which model and unit that the
 * caller may see it means.
 *
 * @param issuer GS1, HIBCC or ICCBBA; absent for a label
 */
public record ScanView(
        @Nullable String issuer,
        @Nullable String deviceIdentifier,
        @Nullable String serial,
        @Nullable String lot,
        @Nullable LocalDate manufactured,
        @Nullable LocalDate expires,
        Map<String, String> others,
        @Nullable UUID modelId,
        @Nullable UUID unitId) {}
