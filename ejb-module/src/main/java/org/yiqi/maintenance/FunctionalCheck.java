package org.yiqi.maintenance;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A check of what the device does, with a number and its limits where there is one.
 *
 * @param passed decides where there is no number; a number outside its limits fails whatever it says
 */
public record FunctionalCheck(
        String name,
        @Nullable BigDecimal value,
        String unit,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        boolean passed) {}
