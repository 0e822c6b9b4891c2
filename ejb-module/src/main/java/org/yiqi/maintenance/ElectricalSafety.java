package org.yiqi.maintenance;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The numbers of an electrical safety test as the technician read them. */
public record ElectricalSafety(
        ProtectionClass protectionClass,
        AppliedPart appliedPart,
        @Nullable BigDecimal protectiveEarthOhm,
        @Nullable BigDecimal insulationMegohm,
        @Nullable BigDecimal earthLeakageMicroamp,
        @Nullable BigDecimal appliedPartLeakageMicroamp) {

    public @Nullable BigDecimal value(SafetyMeasurement measurement) {
        return switch (measurement) {
            case PROTECTIVE_EARTH_RESISTANCE -> protectiveEarthOhm;
            case INSULATION_RESISTANCE -> insulationMegohm;
            case EARTH_LEAKAGE_CURRENT -> earthLeakageMicroamp;
            case APPLIED_PART_LEAKAGE_CURRENT -> appliedPartLeakageMicroamp;
        };
    }
}
