package org.yiqi.maintenance.domain;

import org.yiqi.shared.Money;
import org.yiqi.shared.problem.RuleViolation;

/** What the technician reports about the work: findings, deeds, time and money. */
public record RepairReport(String diagnosis, String workDone, int labourMinutes, Money labour, Money parts) {

    private static final int LONGEST = 4000;
    private static final int MOST_MINUTES = 100_000;

    public RepairReport {
        diagnosis = text(diagnosis, "/diagnosis");
        workDone = text(workDone, "/workDone");
        if (labourMinutes < 0 || labourMinutes > MOST_MINUTES) {
            throw new RuleViolation("maintenance.bad-labour", "Labour is 0 to " + MOST_MINUTES + " minutes")
                    .at("/labourMinutes", "0 to " + MOST_MINUTES);
        }
        if (labour.isNegative()) {
            throw new RuleViolation("maintenance.bad-labour", "A cost is not negative").at("/labourCost", "0 or more");
        }
    }

    private static String text(String value, String pointer) {
        String stripped = value.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            throw new RuleViolation("maintenance.report-incomplete", "Say what was found and what was done")
                    .at(pointer, "1 to " + LONGEST);
        }
        return stripped;
    }
}
