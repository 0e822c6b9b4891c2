package org.yiqi.procurement;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * What a device of a class is measured for.
 *
 * @param stage IQ, OQ or PQ
 */
public record AcceptanceCheck(
        String code,
        String stage,
        String nameZh,
        String nameEn,
        String unit,
        BigDecimal low,
        BigDecimal high,
        String source)
        implements Serializable {

    public boolean passes(BigDecimal value) {
        return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
    }

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }
}
