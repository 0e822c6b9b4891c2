package org.yiqi.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.MassHolds;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.ledger.Proposed;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Recalls: a regulator names a product, a lot or a range of serial numbers; every unit that is found stands still in the
 * same transaction, and everybody who owns, holds or has booked one is told. The acts of the holds follow in batches
 * ({@link #sign}), each in a transaction of its own, because thousands of signatures take longer than one should wait.
 */
@Stateless
@Secured
public class Recalls {

    /** How many acts one call of {@link #sign} signs. */
    static final int BATCH = 500;

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final String REASON = "RECALL";

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    MassHolds holds;

    @Inject
    Acts acts;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("recall_same_scope", "oversight.recall-stands");
    }

    /** Overdue is a matter of the moment, so the list is made for it. */
    private Listing<RecallView> listing() {
        return Listing.of("""
                    k.*, o.name_zh org_zh, o.name_en org_en, coalesce(m.name_zh, '') model_zh, coalesce(m.name_en, '') model_en,
                    coalesce(m.manufacturer, '') manufacturer, un.*, no.*""", """
                    oversight.recall k join organisation.organisation o on o.id = k.org_id left join equipment.model m on m.id = k.model_id
                    cross join lateral (select count(*) units, count(*) filter (where u.held) held,
                      count(*) filter (where u.refusal = '' and case k.state when 'LIFTED' then u.release_act_id else u.act_id end is not null) proposed,
                      count(*) filter (where u.refusal <> '') refused from oversight.recall_unit u where u.recall_id = k.id) un
                    cross join lateral (select count(*) notices, count(n.received_at) received,
                      count(*) filter (where n.received_at is null and n.due_at < timestamptz '%s') overdue
                      from oversight.recall_notice n where n.recall_id = k.id) no""".formatted(clock.instant()), "k.id", Recalls::read)
                .countFrom("oversight.recall k")
                .sort("issuedAt", "k.issued_at", "timestamptz")
                .sort("noticeDue", "k.notice_due", "timestamptz")
                .sort("title", "k.title", "text")
                .defaultSort("-issuedAt")
                .filter("id", "k.id", "uuid")
                .filter("state", "k.state", "text")
                .filter("recallClass", "k.recall_class", "text")
                .filterWhere(
                        "overdue",
                        "exists (select 1 from oversight.recall_notice y where y.recall_id = k.id and y.received_at is null and y.due_at < timestamptz '"
                                + clock.instant() + "') = any(cast(? as boolean[]))",
                        "boolean")
                .filterWhere(
                        "unsigned",
                        "(k.state = 'ISSUED' and exists (select 1 from oversight.recall_unit y where y.recall_id = k.id and y.held"
                                + " and y.act_id is null and y.refusal = '')) = any(cast(? as boolean[]))",
                        "boolean")
                .search(
                        "(k.number || ' ' || k.title || ' ' || k.device_identifier || ' ' || k.lot) ilike '%' || ? || '%'");
    }

    /** Filters: {@code state, recallClass, overdue, unsigned}; sorts: {@code issuedAt, noticeDue, title}. Members see those that they were told of. */
    @RolesAllowed("**")
    public Page<RecallView> list(ListQuery query) {
        return sql.with(c -> listing().page(c, query));
    }

    /** @throws NotFound {@code oversight.recall-not-found}, also for one that does not concern the caller */
    @RolesAllowed("**")
    public RecallView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(Recalls::notFound);
    }

    /** What a recall of this scope would reach. */
    @RolesAllowed(Roles.REGULATOR)
    public RecallPreview preview(RecallScope scope) {
        return sql.with(c -> new RecallSearch(c, scope).preview(c, clock.instant()));
    }

    /**
     * Issues a recall: units stand still and notices are out when this returns. The acts are signed by {@link #sign}.
     *
     * @throws RuleViolation {@code oversight.recall-invalid}, {@code oversight.recall-finds-nothing}
     * @throws Conflict {@code oversight.recall-stands} if the same is recalled already
     * @throws NotPermitted {@code oversight.signatory-needed}
     */
    @RolesAllowed(Roles.REGULATOR)
    public RecallView issue(IssueRecall recall) {
        signatory();
        said("/title", recall.title(), 200);
        said("/reason", recall.reason(), 4000);
        UUID id = Ids.next();
        holds.closeIdentities();
        Instant now = clock.instant();
        int found = sql.with(c -> {
            RecallSearch search = new RecallSearch(c, recall.scope());
            insert(id, recall, search.identifier(), now);
            return search.store(c, id);
        });
        if (found == 0) {
            throw new RuleViolation("oversight.recall-finds-nothing", "No unit and no fitted part fits this")
                    .at("/deviceIdentifier", "a product that is registered");
        }
        List<UUID> units = sql.list(
                "select unit_id from oversight.recall_unit where recall_id = ?", rs -> rs.getObject(1, UUID.class), id);
        Set<UUID> held = holds.place(units, recall.title(), id);
        sql.with(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "update oversight.recall_unit set held = true where recall_id = ? and unit_id = any(?)")) {
                s.setObject(1, id);
                s.setArray(2, c.createArrayOf("uuid", held.toArray()));
                return s.executeUpdate();
            }
        });
        int notices = tell(id, now);
        audit.write(
                "oversight.recall-issued",
                id.toString(),
                Map.of("class", recall.recallClass().name(), "units", found, "held", held.size(), "notices", notices));
        return get(id);
    }

    private void insert(UUID id, IssueRecall recall, String identifier, Instant now) {
        record Rule(LocalDate from, int days) {}
        Rule rule = sql.first(
                        "select from_day, notice_days from oversight.recall_rule where recall_class = ? and from_day <= ? order by from_day desc limit 1",
                        rs -> new Rule(rs.getObject(1, LocalDate.class), rs.getInt(2)),
                        recall.recallClass().name(),
                        LocalDate.ofInstant(now, CHINA))
                .orElseThrow();
        RecallScope scope = recall.scope();
        sql.update(
                """
                insert into oversight.recall(id, number, org_id, title, reason, recall_class, model_id, device_identifier, lot,
                  serial_from, serial_to, state, rule_of, issued_by, issued_at, notice_due)
                values (?, 'R-' || lpad(nextval('oversight.recall_number')::text, 6, '0'), ?, ?, ?, ?,
                  coalesce(cast(? as uuid), (select m.id from equipment.model m where m.device_identifier = ? order by m.id limit 1)),
                  ?, ?, ?, ?, 'ISSUED', ?, ?, ?, ?)""",
                id,
                caller.orgId(),
                recall.title().strip(),
                recall.reason().strip(),
                recall.recallClass().name(),
                scope.modelId(),
                identifier,
                identifier,
                scope.lot(),
                scope.serialFrom(),
                scope.serialTo(),
                rule.from(),
                caller.personId(),
                now,
                now.plus(rule.days(), ChronoUnit.DAYS));
    }

    /** One notice for each organisation, whatever it has to do with the units. */
    private int tell(UUID id, Instant now) {
        return sql.update("""
                insert into oversight.recall_notice(id, recall_id, org_id, as_custodian, as_owner, as_lessee, units, bookings, sent_at, due_at)
                select gen_random_uuid(), k.id, t.org_id, bool_or(t.way = 'C'), bool_or(t.way = 'O'), bool_or(t.way = 'L'),
                  count(distinct t.unit_id) filter (where t.way <> 'L'), count(distinct t.rental_id), k.issued_at, k.notice_due
                from oversight.recall k cross join (
                  select x.custodian_id org_id, 'C' way, x.unit_id, null::uuid rental_id from oversight.recall_unit x
                    where x.recall_id = ? and x.status_found <> 'DISPOSED'
                  union all select x.owner_id, 'O', x.unit_id, null from oversight.recall_unit x where x.recall_id = ?
                  union all select r.lessee_org, 'L', r.unit_id, r.id from rental.rental r
                    join oversight.recall_unit x on x.unit_id = r.unit_id where x.recall_id = ? and r.to_at > ? and %s
                ) t where k.id = ? group by k.id, t.org_id""".formatted(RecallSearch.OPEN_RENTAL), id, id, id, now, id);
    }

    /**
     * Signs the next acts: holds of a recall that stands, their ends once it is lifted.
     *
     * @param again also those that the ledger would not take before
     * @return whether there are more
     */
    @RolesAllowed(Roles.REGULATOR)
    public boolean sign(UUID id, boolean again) {
        signatory();
        RecallView recall = own(id);
        if (again) {
            sql.update("update oversight.recall_unit set refusal = '' where recall_id = ? and refusal <> ''", id);
        }
        String open = recall.isIssued() ? "held and act_id is null" : "act_id is not null and release_act_id is null";
        Instant now = clock.instant();
        List<NewAct> wanted = sql.list(
                "select unit_id, act_id from oversight.recall_unit where recall_id = ? and refusal = '' and " + open
                        + " order by unit_id limit " + BATCH + " for update skip locked",
                rs -> {
                    UUID unit = rs.getObject(1, UUID.class);
                    return recall.isIssued()
                            ? NewAct.holdPlaced(unit, caller.orgId(), REASON, now, id)
                            : NewAct.holdReleased(unit, caller.orgId(), rs.getObject(2, UUID.class), now, id);
                },
                id);
        if (wanted.isEmpty()) {
            return false;
        }
        Map<Subject, Proposed> answers = acts.proposeAll(wanted);
        sql.with(c -> signed(c, id, answers, recall.isIssued() ? "act_id" : "release_act_id"));
        return wanted.size() == BATCH;
    }

    private static int signed(Connection c, UUID id, Map<Subject, Proposed> answers, String column)
            throws SQLException {
        List<UUID> units = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        answers.forEach((subject, answer) -> {
            units.add(subject.id());
            ids.add(answer.actId());
            refusals.add(answer.refusal());
        });
        try (PreparedStatement s = c.prepareStatement("update oversight.recall_unit x set " + column
                + " = a.act_id, refusal = a.refusal from unnest(?, ?, ?) a(unit_id, act_id, refusal)"
                + " where x.recall_id = ? and x.unit_id = a.unit_id")) {
            s.setArray(1, c.createArrayOf("uuid", units.toArray()));
            s.setArray(2, c.createArrayOf("uuid", ids.toArray()));
            s.setArray(3, c.createArrayOf("text", refusals.toArray()));
            s.setObject(4, id);
            return s.executeUpdate();
        }
    }

    /**
     * Ends a recall: its units may be used again, unless something else stops them.
     *
     * @throws Conflict {@code oversight.recall-lifted}, {@code oversight.recall-unsigned} while acts are still to be signed
     */
    @RolesAllowed(Roles.REGULATOR)
    public RecallView lift(UUID id, long seen, String reason) {
        signatory();
        RecallView recall = own(id);
        said("/reason", reason, 2000);
        if (!recall.isIssued()) {
            throw new Conflict("oversight.recall-lifted", "This recall is lifted");
        }
        if (recall.getUnsigned() > 0) {
            throw new Conflict("oversight.recall-unsigned", "Acts of its holds are still to be signed");
        }
        StaleVersion.checkChanged(sql.update("""
                update oversight.recall set state = 'LIFTED', version = version + 1, lifted_by = ?, lifted_at = ?, lifted_reason = ?
                where id = ? and version = ? and state = 'ISSUED'""", caller.personId(), clock.instant(), reason.strip(), id, seen));
        Set<UUID> released = holds.release(id);
        audit.write(
                "oversight.recall-lifted", id.toString(), Map.of("reason", reason.strip(), "units", released.size()));
        return get(id);
    }

    private RecallView own(UUID id) {
        RecallView recall = get(id);
        if (!recall.orgId().equals(caller.orgId())) {
            throw new NotPermitted("oversight.not-your-recall", "Another authority has issued this recall");
        }
        return recall;
    }

    private void signatory() {
        if (!caller.has(Roles.SIGNATORY)) {
            throw new NotPermitted("oversight.signatory-needed", "A recall is signed: that needs the right to sign");
        }
    }

    static void said(String pointer, String text, int most) {
        if (text.isBlank() || text.strip().length() > most) {
            throw new RuleViolation("oversight.text-missing", "Say it, but not too long")
                    .at(pointer, "1 to " + most + " characters");
        }
    }

    static NotFound notFound() {
        return new NotFound("oversight.recall-not-found", "No such recall");
    }

    private static RecallView read(ResultSet rs) throws SQLException {
        return new RecallView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                rs.getString("org_zh"),
                rs.getString("org_en"),
                rs.getString("title"),
                rs.getString("reason"),
                RecallClass.valueOf(rs.getString("recall_class")),
                rs.getObject("model_id", UUID.class),
                rs.getString("model_zh"),
                rs.getString("model_en"),
                rs.getString("manufacturer"),
                rs.getString("device_identifier"),
                rs.getString("lot"),
                rs.getString("serial_from"),
                rs.getString("serial_to"),
                rs.getString("state"),
                rs.getTimestamp("issued_at").toInstant(),
                rs.getTimestamp("notice_due").toInstant(),
                Sql.instant(rs, "lifted_at"),
                rs.getString("lifted_reason"),
                rs.getLong("units"),
                rs.getLong("held"),
                rs.getLong("proposed"),
                rs.getLong("refused"),
                rs.getLong("notices"),
                rs.getLong("received"),
                rs.getLong("overdue"));
    }
}
