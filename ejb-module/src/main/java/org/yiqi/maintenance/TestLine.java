package org.yiqi.maintenance;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a test after repair.
 *
 * @param code a {@link SafetyMeasurement}, or {@code FUNCTIONAL} for a check of what the device does
 * @param label what was checked, for functional lines
 * @param measured null where the check has no number
 */
public record TestLine(
        String code,
        String label,
        @Nullable BigDecimal measured,
        String unit,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        boolean passed) {

    public static final String FUNCTIONAL = "FUNCTIONAL";

    public boolean isSafety() {
        return !code.equals(FUNCTIONAL);
    }
}
