package org.yiqi.web.maintenance;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.AppliedPart;
import org.yiqi.maintenance.ElectricalSafety;
import org.yiqi.maintenance.FittedPart;
import org.yiqi.maintenance.FunctionalCheck;
import org.yiqi.maintenance.ProtectionClass;
import org.yiqi.maintenance.ReportRepair;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** What was found and done, what it cost, the numbers of IEC 62353 and the functional checks. */
public record RepairRequest(
        @NotBlank @Size(max = 4000) String diagnosis,
        @NotBlank @Size(max = 4000) String workDone,
        @Nullable Integer labourMinutes,
        @Nullable Amount labourCost,
        @NotNull @Valid Safety electricalSafety,
        @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid Check> functional,
        @Nullable @Size(max = 50) List<@NotNull @Valid Part> parts) {

    /** Resistances in Ω and MΩ, currents in µA. What the device's class has no limit for may be left out. */
    public record Safety(
            @NotNull ProtectionClass protectionClass,
            @NotNull AppliedPart appliedPart,
            @Nullable BigDecimal protectiveEarthOhm,
            @Nullable BigDecimal insulationMegohm,
            @Nullable BigDecimal earthLeakageMicroamp,
            @Nullable BigDecimal appliedPartLeakageMicroamp) {}

    /** A functional check; with a value its limits decide, without one {@code passed} does. */
    public record Check(
            @NotBlank @Size(max = 200) String name,
            @Nullable BigDecimal value,
            @Nullable @Size(max = 30) String unit,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            @Nullable Boolean passed) {}

    /** A part from stock ({@code partId} and {@code stationId}), or from elsewhere ({@code name} and {@code unitPrice}). */
    public record Part(
            @Nullable UUID partId,
            @Nullable UUID stationId,
            @Nullable @Size(max = 200) String name,
            @Nullable Integer quantity,
            @Nullable @Size(max = 60) String serial,
            @Nullable @Size(max = 400) String udi,
            @Nullable Amount unitPrice) {}

    ReportRepair toCommand() {
        Amount cost = labourCost;
        return new ReportRepair(
                diagnosis,
                workDone,
                labourMinutes == null ? 0 : labourMinutes,
                cost == null ? Money.zero("CNY") : cost.toMoney(),
                new ElectricalSafety(
                        electricalSafety.protectionClass,
                        electricalSafety.appliedPart,
                        electricalSafety.protectiveEarthOhm,
                        electricalSafety.insulationMegohm,
                        electricalSafety.earthLeakageMicroamp,
                        electricalSafety.appliedPartLeakageMicroamp),
                functional.stream()
                        .map(c -> new FunctionalCheck(
                                c.name,
                                c.value,
                                text(c.unit),
                                c.low,
                                c.high,
                                c.passed == null ? c.value != null : c.passed))
                        .toList(),
                parts == null
                        ? List.of()
                        : parts.stream()
                                .map(p -> new FittedPart(
                                        p.partId,
                                        p.stationId,
                                        text(p.name),
                                        p.quantity == null ? 1 : p.quantity,
                                        text(p.serial),
                                        text(p.udi),
                                        p.unitPrice))
                                .toList());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
