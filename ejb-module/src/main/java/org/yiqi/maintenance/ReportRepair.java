package org.yiqi.maintenance;

import java.util.List;
import org.yiqi.shared.Money;

/** What the technician reports when the work is done: findings, deeds, time, money, tests and parts. */
public record ReportRepair(
        String diagnosis,
        String workDone,
        int labourMinutes,
        Money labourCost,
        ElectricalSafety electricalSafety,
        List<FunctionalCheck> functional,
        List<FittedPart> parts) {

    public ReportRepair {
        functional = List.copyOf(functional);
        parts = List.copyOf(parts);
    }
}
