package org.yiqi.rental;

import java.util.UUID;
import org.yiqi.shared.Period;

/** Another time of the same unit, or an equal unit at the same time. */
public record Alternative(UUID offerId, UUID unitId, String unitZh, String unitEn, Period period) {

    /** In the language of the reader. */
    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }
}
