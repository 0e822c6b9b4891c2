package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.AppliedPart;
import org.yiqi.maintenance.ElectricalSafety;
import org.yiqi.maintenance.FittedPart;
import org.yiqi.maintenance.FunctionalCheck;
import org.yiqi.maintenance.PartView;
import org.yiqi.maintenance.Parts;
import org.yiqi.maintenance.ProtectionClass;
import org.yiqi.maintenance.Repairs;
import org.yiqi.maintenance.ReportRepair;
import org.yiqi.maintenance.SafetyMeasurement;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;

/** The technician's report: findings, time, parts, the numbers of IEC 62353 with their limits beside them, functional checks. */
@Named
@ViewScoped
public class RepairForm implements Serializable {

    @Inject
    OrderPage page;

    @Inject
    Repairs repairs;

    @Inject
    Parts catalogue;

    private @Nullable Long seen;
    private String diagnosis = "";
    private String workDone = "";
    private int labourMinutes = 60;
    private BigDecimal labourCost = BigDecimal.ZERO;
    private ProtectionClass protectionClass = ProtectionClass.I;
    private AppliedPart appliedPart = AppliedPart.BF;
    private final SafetyValues values = new SafetyValues();
    private final List<CheckRow> checks = new ArrayList<>(List.of(new CheckRow()));
    private final List<PartRow> parts = new ArrayList<>();

    /** The four numbers as typed. */
    public static class SafetyValues implements Serializable {
        private @Nullable BigDecimal earth;
        private @Nullable BigDecimal insulation;
        private @Nullable BigDecimal leakage;
        private @Nullable BigDecimal patient;

        public @Nullable BigDecimal getEarth() {
            return earth;
        }

        public void setEarth(@Nullable BigDecimal earth) {
            this.earth = earth;
        }

        public @Nullable BigDecimal getInsulation() {
            return insulation;
        }

        public void setInsulation(@Nullable BigDecimal insulation) {
            this.insulation = insulation;
        }

        public @Nullable BigDecimal getLeakage() {
            return leakage;
        }

        public void setLeakage(@Nullable BigDecimal leakage) {
            this.leakage = leakage;
        }

        public @Nullable BigDecimal getPatient() {
            return patient;
        }

        public void setPatient(@Nullable BigDecimal patient) {
            this.patient = patient;
        }
    }

    /** One functional check as typed. */
    public static class CheckRow implements Serializable {
        private String name = "";
        private @Nullable BigDecimal value;
        private String unit = "";
        private @Nullable BigDecimal low;
        private @Nullable BigDecimal high;
        private boolean passed = true;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public @Nullable BigDecimal getValue() {
            return value;
        }

        public void setValue(@Nullable BigDecimal value) {
            this.value = value;
        }

        public String getUnit() {
            return unit;
        }

        public void setUnit(String unit) {
            this.unit = unit;
        }

        public @Nullable BigDecimal getLow() {
            return low;
        }

        public void setLow(@Nullable BigDecimal low) {
            this.low = low;
        }

        public @Nullable BigDecimal getHigh() {
            return high;
        }

        public void setHigh(@Nullable BigDecimal high) {
            this.high = high;
        }

        public boolean isPassed() {
            return passed;
        }

        public void setPassed(boolean passed) {
            this.passed = passed;
        }
    }

    /** One fitted part as chosen. */
    public static class PartRow implements Serializable {
        private String choice = "";
        private int quantity = 1;
        private String serial = "";

        /** Part and station, as the list of choices gives them. */
        public String getChoice() {
            return choice;
        }

        public void setChoice(String choice) {
            this.choice = choice;
        }

        public int getQuantity() {
            return quantity;
        }

        public void setQuantity(int quantity) {
            this.quantity = quantity;
        }

        public String getSerial() {
            return serial;
        }

        public void setSerial(String serial) {
            this.serial = serial;
        }
    }

    /** A part that some station of the technician's organisation has. */
    public record Choice(String value, String label) implements Serializable {}

    public void open() {
        seen = page.getOrder().version();
    }

    public List<Choice> getChoices() {
        List<Choice> choices = new ArrayList<>();
        for (PartView part : catalogue
                .list(new ListQuery(200, 0, null, List.of("number"), null, java.util.Map.of()))
                .items()) {
            for (PartView.Stock stock : part.stock()) {
                if (stock.onHand() > 0) {
                    choices.add(new Choice(
                            part.id() + " " + stock.stationId(),
                            part.number() + " · " + part.nameZh() + " · " + stock.stationZh() + " ("
                                    + (stock.onHand() - stock.reserved()) + ")"));
                }
            }
        }
        return choices;
    }

    public void addCheck() {
        checks.add(new CheckRow());
    }

    public void removeCheck(CheckRow row) {
        checks.remove(row);
    }

    public void addPart() {
        parts.add(new PartRow());
    }

    public void removePart(PartRow row) {
        parts.remove(row);
    }

    public String save() {
        repairs.repair(
                page.uuid(),
                seen,
                new ReportRepair(
                        diagnosis,
                        workDone,
                        labourMinutes,
                        Money.of(labourCost, "CNY"),
                        new ElectricalSafety(
                                protectionClass,
                                appliedPart,
                                values.earth,
                                values.insulation,
                                values.leakage,
                                values.patient),
                        checks.stream()
                                .filter(c -> !c.name.isBlank())
                                .map(c -> new FunctionalCheck(c.name, c.value, c.unit, c.low, c.high, c.passed))
                                .toList(),
                        parts.stream()
                                .filter(p -> p.choice.contains(" "))
                                .map(RepairForm::fitted)
                                .toList()));
        return "/maintenance/order?faces-redirect=true&id=" + page.getId();
    }

    private static FittedPart fitted(PartRow row) {
        String[] ids = row.choice.split(" ", -1);
        return new FittedPart(UUID.fromString(ids[0]), UUID.fromString(ids[1]), "", row.quantity, row.serial, "", null);
    }

    /** "at most 0.3 Ω", for the class that is chosen; empty where nothing is to be measured. */
    public String limit(String measurement) {
        SafetyMeasurement m = SafetyMeasurement.valueOf(measurement);
        BigDecimal high = m.high(protectionClass, appliedPart);
        BigDecimal low = m.low(protectionClass, appliedPart);
        if (high != null) {
            return "≤ " + high.toPlainString() + " " + m.unit();
        }
        return low == null ? "" : "≥ " + low.toPlainString() + " " + m.unit();
    }

    public ProtectionClass[] getProtectionClasses() {
        return ProtectionClass.values();
    }

    public AppliedPart[] getAppliedParts() {
        return AppliedPart.values();
    }

    public String getDiagnosis() {
        return diagnosis;
    }

    public void setDiagnosis(String diagnosis) {
        this.diagnosis = diagnosis;
    }

    public String getWorkDone() {
        return workDone;
    }

    public void setWorkDone(String workDone) {
        this.workDone = workDone;
    }

    public int getLabourMinutes() {
        return labourMinutes;
    }

    public void setLabourMinutes(int labourMinutes) {
        this.labourMinutes = labourMinutes;
    }

    public BigDecimal getLabourCost() {
        return labourCost;
    }

    public void setLabourCost(BigDecimal labourCost) {
        this.labourCost = labourCost;
    }

    public ProtectionClass getProtectionClass() {
        return protectionClass;
    }

    public void setProtectionClass(ProtectionClass protectionClass) {
        this.protectionClass = protectionClass;
    }

    public AppliedPart getAppliedPart() {
        return appliedPart;
    }

    public void setAppliedPart(AppliedPart appliedPart) {
        this.appliedPart = appliedPart;
    }

    public SafetyValues getValues() {
        return values;
    }

    public List<CheckRow> getChecks() {
        return checks;
    }

    public List<PartRow> getParts() {
        return parts;
    }
}
