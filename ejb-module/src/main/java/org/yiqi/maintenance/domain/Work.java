package org.yiqi.maintenance.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/** Who worked on the unit, what they found and did, what it cost and which tests it failed. */
@Embeddable
@Access(AccessType.FIELD)
class Work {

    @Column(name = "technician_id")
    private @Nullable UUID technicianId;

    /** Everyone who ever worked on this order, by id, so that none of them verifies it. */
    private String workers = "";

    private String diagnosis = "";

    @Column(name = "work_done")
    private String workDone = "";

    @Column(name = "labour_minutes")
    private int labourMinutes;

    @Column(name = "labour_minor")
    private long labourMinor;

    @Column(name = "parts_minor")
    private long partsMinor;

    private String currency = "CNY";

    /** Counts the reports of the technician; the tests of the last one decide. */
    private int round;

    private String failing = "";

    Work() {}

    void by(UUID person) {
        technicianId = person;
        Set<String> all = new LinkedHashSet<>(Arrays.asList(workers.split(" ", -1)));
        all.remove("");
        all.add(person.toString());
        workers = String.join(" ", all);
    }

    boolean hasWorked(UUID person) {
        return Arrays.asList(workers.split(" ", -1)).contains(person.toString());
    }

    void reported(RepairReport report, List<String> failingFields) {
        diagnosis = report.diagnosis();
        workDone = report.workDone();
        labourMinutes = report.labourMinutes();
        labourMinor = report.labour().minor();
        partsMinor = report.parts().minor();
        currency = report.labour().currency();
        round++;
        failing = String.join(" ", failingFields);
    }

    /** The last report; empty texts before the first one. */
    String summary() {
        return diagnosis.isEmpty() ? "" : diagnosis + " / " + workDone;
    }

    Money cost() {
        return Money.ofMinor(labourMinor + partsMinor, currency);
    }

    int round() {
        return round;
    }

    List<String> failing() {
        return failing.isEmpty() ? List.of() : Arrays.asList(failing.split(" ", -1));
    }

    @Nullable
    UUID technicianId() {
        return technicianId;
    }
}
