package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.rental.HarmReported;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Adverse events: a hospital notes one, and the clocks of the law run from when it knew. It answers what is due, one duty
 * after the other; a regulator assesses the whole.
 */
@Stateless
@Secured
public class AdverseEvents {

    private static final int MOST = 4000;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Units units;

    /** Red is a matter of the moment, so the list is made for it. */
    private Listing<AdverseEventView> listing() {
        String now = "timestamptz '" + clock.instant() + "'";
        return Listing.of("""
                        e.*, o.name_zh org_zh, o.name_en org_en, m.name_zh, m.name_en, u.serial, coalesce(d.duty, '') duty, d.due_at,
                        coalesce(d.red_at <= %s, false) red""".formatted(now), """
                        oversight.adverse_event e join organisation.organisation o on o.id = e.org_id
                        join equipment.model m on m.id = e.model_id left join equipment.unit u on u.id = e.unit_id
                        left join lateral (select * from oversight.adverse_duty y where y.event_id = e.id and y.done_at is null
                          order by y.due_at limit 1) d on true""", "e.id", AdverseEvents::read)
                .countFrom("oversight.adverse_event e")
                .sort("knownAt", "e.known_at", "timestamptz")
                .defaultSort("-knownAt")
                .filter("id", "e.id", "uuid")
                .filter("state", "e.state", "text")
                .filter("harm", "e.harm", "text")
                .filter("unit", "e.unit_id", "uuid")
                .filter("model", "e.model_id", "uuid")
                .filter("organisation", "e.org_id", "uuid")
                .filterWhere(
                        "red",
                        "exists (select 1 from oversight.adverse_duty y where y.event_id = e.id and y.done_at is null and y.red_at <= "
                                + now + ") = any(cast(? as boolean[]))",
                        "boolean")
                .search("(e.number || ' ' || e.what) ilike '%' || ? || '%'");
    }

    /** Filters: {@code state, harm, unit, model, organisation, red}; sorts: {@code knownAt}. Members see their own. */
    @RolesAllowed("**")
    public Page<AdverseEventView> list(ListQuery query) {
        return sql.with(c -> listing().page(c, query));
    }

    /** @throws NotFound {@code oversight.adverse-event-not-found} */
    @RolesAllowed("**")
    public AdverseEventView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("oversight.adverse-event-not-found", "No such adverse event"));
    }

    /** What is due, the first first. */
    @RolesAllowed("**")
    public List<AdverseDuty> duties(UUID id) {
        get(id);
        return sql.list(
                "select * from oversight.adverse_duty where event_id = ? order by due_at",
                rs -> new AdverseDuty(
                        rs.getString("duty"),
                        rs.getTimestamp("due_at").toInstant(),
                        rs.getTimestamp("red_at").toInstant(),
                        Sql.instant(rs, "done_at"),
                        rs.getString("answer")),
                id);
    }

    /**
     * Notes an adverse event with a unit that the caller's organisation owns or uses.
     *
     * @throws RuleViolation {@code oversight.adverse-event-invalid}
     * @throws NotFound {@code equipment.unit-not-found}
     */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT, Roles.ORG_ADMIN})
    public AdverseEventView note(NoteAdverseEvent event) {
        Recalls.said("/what", event.what(), MOST);
        Instant now = clock.instant();
        if (event.knownAt().isBefore(event.happenedAt()) || event.knownAt().isAfter(now)) {
            throw new RuleViolation("oversight.adverse-event-invalid", "It was known after it happened, and by now")
                    .at("/knownAt", "from happenedAt until now");
        }
        UnitView unit = units.get(event.unitId());
        UUID id = Ids.next();
        insert(id, caller.orgId(), null, unit.id(), event.harm(), event.happenedAt(), event.knownAt(), event.what());
        audit.write(
                "oversight.adverse-event-noted",
                id.toString(),
                Map.of("harm", event.harm().name()));
        return get(id);
    }

    /**
     * A damage in which a patient was harmed is an adverse event of whoever held the device, whoever reports the damage. How
     * grave it was is not known yet: a death has to be noted as such.
     */
    @RolesAllowed("**")
    public void on(@Observes HarmReported harm) {
        UUID id = Ids.next();
        sql.with(c -> LedgerWide.on(c, () -> {
            insert(
                    id,
                    harm.custodianOrg(),
                    harm.liabilityId(),
                    harm.unitId(),
                    AdverseEventView.Harm.INJURY,
                    harm.discoveredAt(),
                    harm.reportedAt(),
                    harm.number() + ": " + harm.description());
            return true;
        }));
        audit.write(
                "oversight.adverse-event-noted",
                id.toString(),
                Map.of("liability", harm.liabilityId().toString()));
    }

    private void insert(
            UUID id,
            UUID org,
            @Nullable UUID liability,
            UUID unit,
            AdverseEventView.Harm harm,
            Instant happenedAt,
            Instant knownAt,
            String what) {
        sql.update(
                """
                insert into oversight.adverse_event(id, org_id, liability_id, unit_id, model_id, harm, happened_at, known_at, what, noted_at, noted_by)
                select ?, ?, cast(? as uuid), u.id, u.model_id, ?, ?, ?, ?, ?, ? from equipment.unit u where u.id = ?""",
                id,
                org,
                liability,
                harm.name(),
                happenedAt,
                knownAt,
                what.length() > MOST ? what.substring(0, MOST) : what.strip(),
                clock.instant(),
                caller.personId(),
                unit);
        sql.update(
                """
                insert into oversight.adverse_duty(event_id, duty, due_at, red_at)
                select e.id, r.duty, e.known_at + r.hours * interval '1 hour', e.known_at + (r.hours - r.red_hours_before) * interval '1 hour'
                from oversight.adverse_event e join oversight.adverse_rule r on r.harm = e.harm
                where e.id = ? and r.from_day = (select max(x.from_day) from oversight.adverse_rule x
                  where x.harm = r.harm and x.duty = r.duty and x.from_day <= ?)""",
                id,
                LocalDate.ofInstant(knownAt, CHINA));
    }

    /**
     * Answers what is due next; with the last duty the event is reported.
     *
     * @throws Conflict {@code oversight.nothing-due}
     */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT, Roles.ORG_ADMIN})
    public AdverseEventView report(UUID id, String answer) {
        AdverseEventView event = get(id);
        Recalls.said("/answer", answer, 4000);
        int done = sql.update(
                "update oversight.adverse_duty set done_at = ?, done_by = ?, answer = ? where event_id = ? and duty = ? and done_at is null",
                clock.instant(),
                caller.personId(),
                answer.strip(),
                id,
                event.duty());
        if (done == 0) {
            throw new Conflict("oversight.nothing-due", "Nothing is due in this event");
        }
        sql.update("""
                update oversight.adverse_event e set version = version + 1, state = case when exists
                  (select 1 from oversight.adverse_duty d where d.event_id = e.id and d.done_at is null) then 'OPEN' else 'REPORTED' end
                where id = ?""", id);
        audit.write("oversight.adverse-event-reported", id.toString(), Map.of("duty", event.duty()));
        return get(id);
    }

    /**
     * Assesses an event that is reported.
     *
     * @throws Conflict {@code oversight.not-reported}
     */
    @RolesAllowed(Roles.REGULATOR)
    public AdverseEventView assess(UUID id, long seen, String assessment) {
        AdverseEventView event = get(id);
        StaleVersion.check(seen, event.version());
        Recalls.said("/assessment", assessment, 4000);
        if (!event.state().equals("REPORTED")) {
            throw new Conflict("oversight.not-reported", "Only what is reported in full, and once, is assessed");
        }
        StaleVersion.checkChanged(sql.update("""
                update oversight.adverse_event set state = 'ASSESSED', assessment = ?, assessed_by = ?, assessed_at = ?,
                  version = version + 1 where id = ? and version = ?""", assessment.strip(), caller.personId(), clock.instant(), id, seen));
        audit.write("oversight.adverse-event-assessed", id.toString(), Map.of());
        return get(id);
    }

    private static AdverseEventView read(ResultSet rs) throws SQLException {
        String serial = rs.getString("serial");
        return new AdverseEventView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                rs.getString("org_zh"),
                rs.getString("org_en"),
                rs.getObject("unit_id", UUID.class),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                serial == null ? "" : serial,
                AdverseEventView.Harm.valueOf(rs.getString("harm")),
                rs.getTimestamp("happened_at").toInstant(),
                rs.getTimestamp("known_at").toInstant(),
                rs.getString("what"),
                rs.getString("state"),
                rs.getString("duty"),
                Sql.instant(rs, "due_at"),
                rs.getBoolean("red"),
                rs.getString("assessment"),
                Sql.instant(rs, "assessed_at"));
    }
}
