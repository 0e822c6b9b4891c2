package org.yiqi.maintenance;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of an electrical safety test after repair, with the limits of IEC 62353:2014 (direct or differential
 * method). A limit that does not apply to a device is null and so is its measurement's duty.
 */
public enum SafetyMeasurement {
    PROTECTIVE_EARTH_RESISTANCE("Ω", "protectiveEarthOhm") {
        @Override
        public @Nullable BigDecimal high(ProtectionClass protection, AppliedPart applied) {
            return protection == ProtectionClass.I ? new BigDecimal("0.3") : null;
        }
    },
    INSULATION_RESISTANCE("MΩ", "insulationMegohm") {
        @Override
        public @Nullable BigDecimal low(ProtectionClass protection, AppliedPart applied) {
            return switch (protection) {
                case I -> new BigDecimal("2");
                case II -> new BigDecimal("7");
                case INTERNALLY_POWERED -> null;
            };
        }
    },
    EARTH_LEAKAGE_CURRENT("µA", "earthLeakageMicroamp") {
        @Override
        public @Nullable BigDecimal high(ProtectionClass protection, AppliedPart applied) {
            return switch (protection) {
                case I -> new BigDecimal("500");
                case II -> new BigDecimal("100");
                case INTERNALLY_POWERED -> null;
            };
        }
    },
    APPLIED_PART_LEAKAGE_CURRENT("µA", "appliedPartLeakageMicroamp") {
        @Override
        public @Nullable BigDecimal high(ProtectionClass protection, AppliedPart applied) {
            return switch (applied) {
                case BF -> new BigDecimal("5000");
                case CF -> new BigDecimal("50");
                case NONE, B -> null;
            };
        }
    };

    public static final String STANDARD = "IEC 62353:2014";

    private final String unit;
    private final String field;

    SafetyMeasurement(String unit, String field) {
        this.unit = unit;
        this.field = field;
    }

    public @Nullable BigDecimal low(ProtectionClass protection, AppliedPart applied) {
        return null;
    }

    public @Nullable BigDecimal high(ProtectionClass protection, AppliedPart applied) {
        return null;
    }

    /** Whether a device of this kind must be measured so. */
    public boolean applies(ProtectionClass protection, AppliedPart applied) {
        return low(protection, applied) != null || high(protection, applied) != null;
    }

    public String unit() {
        return unit;
    }

    /** Its name in requests. */
    public String field() {
        return field;
    }
}
