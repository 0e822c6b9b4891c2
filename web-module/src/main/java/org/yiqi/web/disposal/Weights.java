package org.yiqi.web.disposal;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.MaterialKind;
import org.yiqi.shared.problem.RuleViolation;

/** Kilograms by material as they are typed; a material that is left empty was not in the unit. */
public final class Weights implements Serializable {

    private final Map<MaterialKind, @Nullable BigDecimal> kilograms = new EnumMap<>(MaterialKind.class);

    /** @throws RuleViolation {@code disposal.end-invalid} for less than a gram */
    List<DisposalView.Material> read() {
        List<DisposalView.Material> materials = new ArrayList<>();
        for (MaterialKind kind : MaterialKind.values()) {
            BigDecimal kg = kilograms.get(kind);
            if (kg != null) {
                materials.add(new DisposalView.Material(kind, grams(kg)));
            }
        }
        return materials;
    }

    private static long grams(BigDecimal kilograms) {
        try {
            return kilograms.movePointRight(3).longValueExact();
        } catch (ArithmeticException e) {
            throw new RuleViolation("disposal.end-invalid", "A weight is kilograms to the gram", e)
                    .at("/materials", "kilograms with at most three decimals");
        }
    }

    public Map<MaterialKind, @Nullable BigDecimal> getKilograms() {
        return kilograms;
    }
}
