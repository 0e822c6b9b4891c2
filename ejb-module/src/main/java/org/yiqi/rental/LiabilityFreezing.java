package org.yiqi.rental;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.CustodyPeriod;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.Plans;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.organisation.Competences;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.telemetry.SealedHour;
import org.yiqi.telemetry.SealedHours;

/**
 * Gathers the facts of a damage from all areas, whoever's they are, and freezes them: from then on the case shows what was so,
 * whatever happens to the records that it was read from.
 */
@Stateless
@Secured
@PermitAll
@RunAs(Roles.SYSTEM)
public class LiabilityFreezing {

    /** An hour of readings is sealed some minutes after it is over. */
    private static final Duration SEALED_AFTER = Duration.ofMinutes(10);

    /** What lies further back than this says nothing about the damage. */
    private static final Duration LOOK_BACK = Duration.ofDays(90);

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityExhibits exhibits;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Custody custody;

    @Inject
    Calendar calendar;

    @Inject
    Conditions conditions;

    @Inject
    SealedHours sealedHours;

    @Inject
    Plans plans;

    @Inject
    WorkOrders orders;

    @Inject
    Competences competences;

    /**
     * Freezes the facts of a signed report, if the hour of the damage is over and sealed.
     *
     * @return whether they were frozen now
     */
    public boolean freezeIfSealed(UUID id) {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("rental.system-only", "Only the application itself does this");
        }
        Instant now = clock.instant();
        LiabilityView seen = store.lock(id);
        Instant sealed = seen.discoveredAt()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofHours(1))
                .plus(SEALED_AFTER);
        if (seen.state() != LiabilityState.EVIDENCE || now.isBefore(sealed)) {
            return false;
        }
        gather(seen);
        Instant due =
                LiabilityProgress.endOfDay(now, store.rules(seen.rulesOf()).statementDays());
        sql.update("update rental.liability_party set due = ? where liability_id = ?", due, id);
        store.move(seen, LiabilityState.STATEMENTS, "freeze", "", now, ", frozen_at = ?, statements_due = ?", now, due);
        audit.write("rental.evidence-frozen", id.toString(), Map.of("due", due.toString()));
        return true;
    }

    private void gather(LiabilityView seen) {
        UUID unit = seen.unit().id();
        CustodyPeriod held = custody.custodianAt(unit, seen.discoveredAt())
                .orElse(new CustodyPeriod(seen.custodianOrg(), seen.discoveredAt(), null, seen.id()));
        Instant until = seen.discoveredAt();
        Instant earliest = until.minus(LOOK_BACK);
        Instant from = held.from().isBefore(earliest) ? earliest : held.from();
        Period interval = new Period(from, until.isAfter(from) ? until : from.plusSeconds(1));
        add(seen, LiabilityEvidenceKind.CUSTODY, custodyFacts(held, until));
        conditions(seen);
        add(seen, LiabilityEvidenceKind.TELEMETRY, telemetryFacts(sealedHours.of(unit, interval)));
        add(seen, LiabilityEvidenceKind.MAINTENANCE, maintenanceFacts(unit, interval));
        add(seen, LiabilityEvidenceKind.OPERATORS, operatorFacts(seen));
        Map<String, Object> calendarFacts = new LinkedHashMap<>();
        calendarFacts.put("from", interval.from());
        calendarFacts.put("to", interval.to());
        calendarFacts.put(
                "slots",
                calendar.slots(unit, interval).stream()
                        .map(s -> s.use() + " " + s.period().from() + "/"
                                + s.period().to())
                        .collect(Collectors.joining("; ")));
        add(seen, LiabilityEvidenceKind.CALENDAR, calendarFacts);
    }

    private void add(LiabilityView seen, LiabilityEvidenceKind kind, Map<String, ?> facts) {
        exhibits.add(seen.id(), kind, seen.custodianOrg(), facts);
    }

    private static Map<String, Object> custodyFacts(CustodyPeriod held, Instant until) {
        Instant end = held.to();
        return Map.of(
                "custodian",
                held.orgId(),
                "from",
                held.from(),
                "to",
                end == null || end.isAfter(until) ? until : end,
                "act",
                held.actId());
    }

    private void conditions(LiabilityView seen) {
        UUID rental = seen.rentalId();
        if (rental == null) {
            return;
        }
        List<ConditionView> reports =
                conditions.list(all().where("rental", rental.toString())).items();
        for (ConditionView report : reports) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("moment", report.moment());
            facts.put("at", report.at());
            facts.put("sound", report.sound());
            facts.put(
                    "lines",
                    report.checklist().stream()
                            .map(c -> c.item()
                                    + (c.good() ? " ✓" : " ✗")
                                    + (c.note().isEmpty() ? "" : " (" + c.note() + ")"))
                            .collect(Collectors.joining("; ")));
            facts.put("note", report.note());
            exhibits.add(seen.id(), LiabilityEvidenceKind.CONDITION, report.orgId(), facts);
        }
    }

    private static Map<String, Object> telemetryFacts(List<SealedHour> hours) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("hours", hours.size());
        facts.put("readings", hours.stream().mapToLong(SealedHour::readings).sum());
        if (!hours.isEmpty()) {
            facts.put("from", hours.get(0).hour());
            facts.put("to", hours.get(hours.size() - 1).hour().plus(Duration.ofHours(1)));
            facts.put("root", SealedHour.root(hours));
        }
        return facts;
    }

    private Map<String, Object> maintenanceFacts(UUID unit, Period interval) {
        LocalDate day = LocalDate.ofInstant(interval.to(), Liabilities.ZONE);
        List<PlanView> all = plans.list(all().where("unit", unit.toString()).where("active", "true"))
                .items();
        List<WorkOrderView> work = orders.list(all().where("unit", unit.toString())).items().stream()
                .filter(o -> o.times().requestedAt().isBefore(interval.to()))
                .filter(o -> o.isOpen() || !o.times().requestedAt().isBefore(interval.from()))
                .toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("plans", all.size());
        facts.put(
                "overdue",
                all.stream()
                        .filter(p -> p.nextDue().plusDays(p.toleranceDays()).isBefore(day))
                        .map(p -> p.title() + " " + p.nextDue())
                        .collect(Collectors.joining("; ")));
        facts.put(
                "orders",
                work.stream()
                        .map(o -> o.number() + " " + o.kind() + " " + o.symptom() + " " + o.state())
                        .collect(Collectors.joining("; ")));
        return facts;
    }

    private Map<String, Object> operatorFacts(LiabilityView seen) {
        LocalDate day = LocalDate.ofInstant(seen.discoveredAt(), Liabilities.ZONE);
        List<String> certificates =
                competences.certificates(seen.custodianOrg(), seen.unit().category(), day);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("custodian", seen.custodianOrg());
        facts.put("category", seen.unit().category());
        facts.put("day", day);
        facts.put("certified", certificates.size());
        facts.put("certificates", String.join("; ", certificates));
        return facts;
    }

    private static ListQuery all() {
        return new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of());
    }
}
