package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Account;
import org.yiqi.organisation.Organisations;
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
 * The pool of experts. A person applies for themselves and declares what binds them to others; a regulator admits. What they can
 * judge is what their competences prove on the day.
 */
@Stateless
@Secured
public class Experts {

    private static final String TODAY = "(now() at time zone 'Asia/Shanghai')::date";

    private static final Listing<ExpertView> LISTING = Listing.of(
                    "e.*, organisation.specialties(e.person_id, " + TODAY + ") as specialties",
                    "procurement.expert e",
                    "e.id",
                    ExpertView::read)
            .sort("appliedAt", "e.applied_at", "timestamptz")
            .sort("name", "e.name", "text")
            .defaultSort("-appliedAt")
            .filter("id", "e.id", "uuid")
            .filter("person", "e.person_id", "uuid")
            .filter("state", "e.state", "text")
            .filter("organisation", "e.org_id", "uuid")
            .filterWhere(
                    "specialty", "organisation.specialties(e.person_id, " + TODAY + ") && cast(? as text[])", "text")
            .search("(e.name || ' ' || e.title) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Account account;

    @Inject
    Organisations organisations;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("expert_once", "procurement.expert-known");
        DatabaseRefusals.register("expert_not_own", "procurement.own-admission");
        DatabaseRefusals.register("expert_tie_once", "procurement.tie-known");
        DatabaseRefusals.register("expert_absence_once", "procurement.absence-overlaps");
    }

    /** The pool as a regulator sees it; others see the experts of their own organisation. Filters: {@code state, organisation, specialty}. */
    @RolesAllowed("**")
    public Page<ExpertView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** @throws NotFound {@code procurement.expert-not-found} */
    @RolesAllowed("**")
    public ExpertView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.expert-not-found", "No such expert"));
    }

    /** The caller as an expert, if they are one. */
    @RolesAllowed("**")
    public Optional<ExpertView> mine() {
        return list(ListQuery.all().where("person", caller.personId().toString())).items().stream()
                .findFirst();
    }

    /** @throws NotFound {@code procurement.expert-not-found} */
    @RolesAllowed("**")
    public List<ExpertView.Tie> ties(UUID expert) {
        get(expert);
        return sql.list(
                "select * from procurement.expert_tie where expert_id = ? order by from_day desc, id",
                rs -> new ExpertView.Tie(
                        rs.getObject("id", UUID.class),
                        rs.getObject("org_id", UUID.class),
                        ExpertView.Tie.Kind.valueOf(rs.getString("kind")),
                        rs.getObject("from_day", LocalDate.class),
                        Sql.day(rs, "until_day"),
                        rs.getString("note")),
                expert);
    }

    /** @throws NotFound {@code procurement.expert-not-found} */
    @RolesAllowed("**")
    public List<ExpertView.Absence> absences(UUID expert) {
        get(expert);
        return sql.list(
                "select * from procurement.expert_absence where expert_id = ? order by from_day desc",
                rs -> new ExpertView.Absence(
                        rs.getObject("id", UUID.class),
                        rs.getObject("from_day", LocalDate.class),
                        rs.getObject("until_day", LocalDate.class)),
                expert);
    }

    /**
     * The caller asks to be admitted, with the title by which panels know them. Who left may ask again.
     *
     * @throws RuleViolation {@code procurement.expert-invalid}, {@code procurement.no-specialty}
     * @throws Conflict {@code procurement.expert-known}
     */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT, Roles.FINANCE, Roles.TECHNICIAN, Roles.COMMITTEE})
    public ExpertView apply(String title) {
        new Limits("procurement.expert-invalid", "Some values are out of range")
                .text("/title", title, 120)
                .refuse();
        ExpertView before = mine().orElse(null);
        UUID id = before == null ? Ids.next() : before.id();
        if (before == null) {
            sql.update(
                    "insert into procurement.expert(id, person_id, org_id, name, title, state, applied_at) values (?,?,?,?,?, 'APPLIED', ?)",
                    id,
                    caller.personId(),
                    caller.orgId(),
                    account.me().name(),
                    title.strip(),
                    clock.instant());
        } else if (before.state() == ExpertState.LEFT) {
            StaleVersion.checkChanged(
                    sql.update("""
                    update procurement.expert set version = version + 1, state = 'APPLIED', title = ?, org_id = ?, applied_at = ?,
                      decided_by = null, decided_at = null where id = ? and version = ?""", title.strip(), caller.orgId(), clock.instant(), id, before.version()));
        } else {
            throw new Conflict("procurement.expert-known", "You are in the pool already");
        }
        if (get(id).specialties().isEmpty()) {
            throw new RuleViolation("procurement.no-specialty", "No competence of yours is proved today");
        }
        audit.write("procurement.expert-applied", id.toString(), Map.of());
        return get(id);
    }

    /**
     * @throws NotPermitted {@code procurement.own-admission}
     * @throws Conflict {@code procurement.expert-not-waiting}
     * @throws RuleViolation {@code procurement.no-specialty}
     */
    @RolesAllowed(Roles.REGULATOR)
    public ExpertView admit(UUID id, long seen) {
        ExpertView expert = notOwn(id);
        if (expert.state() != ExpertState.APPLIED && expert.state() != ExpertState.SUSPENDED) {
            throw new Conflict("procurement.expert-not-waiting", "The expert does not wait for an admission");
        }
        if (expert.specialties().isEmpty()) {
            throw new RuleViolation("procurement.no-specialty", "No competence of the person is proved today");
        }
        return decide(expert, seen, ExpertState.ADMITTED, "");
    }

    /**
     * Takes an expert out of the pool, or refuses who applied.
     *
     * @throws NotPermitted {@code procurement.own-admission}
     * @throws RuleViolation {@code procurement.reason-missing}
     */
    @RolesAllowed(Roles.REGULATOR)
    public ExpertView suspend(UUID id, long seen, String reason) {
        new Limits("procurement.reason-missing", "Say why")
                .text("/reason", reason, 2000)
                .refuse();
        return decide(notOwn(id), seen, ExpertState.SUSPENDED, reason.strip());
    }

    /** The caller leaves the pool; panels that they sit on go on. */
    @RolesAllowed("**")
    public ExpertView leave(UUID id, long seen) {
        ExpertView expert = own(id);
        StaleVersion.check(seen, expert.version());
        StaleVersion.checkChanged(sql.update(
                "update procurement.expert set version = version + 1, state = 'LEFT' where id = ? and version = ?",
                id,
                seen));
        audit.write("procurement.expert-left", id.toString(), Map.of());
        return get(id);
    }

    /**
     * The caller declares a past employment or an interest.
     *
     * @throws RuleViolation {@code procurement.tie-invalid}
     * @throws Conflict {@code procurement.tie-known}
     */
    @RolesAllowed("**")
    public ExpertView declare(
            UUID id,
            UUID organisation,
            ExpertView.Tie.Kind kind,
            LocalDate from,
            @Nullable LocalDate until,
            String note) {
        own(id);
        organisations.get(organisation);
        new Limits("procurement.tie-invalid", "Some values are out of range")
                .number("/from", from.getYear(), 1950, 2200)
                .check("/until", until == null || !until.isBefore(from), "not before from")
                .optional("/note", note, 500)
                .refuse();
        sql.update(
                "insert into procurement.expert_tie(id, expert_id, org_id, kind, from_day, until_day, note, declared_at) values (?,?,?,?,?,?,?,?)",
                Ids.next(),
                id,
                organisation,
                kind.name(),
                from,
                until,
                note.strip(),
                clock.instant());
        audit.write(
                "procurement.tie-declared",
                id.toString(),
                Map.of("organisation", organisation.toString(), "kind", kind.name()));
        return get(id);
    }

    /**
     * The caller says when they cannot come.
     *
     * @throws RuleViolation {@code procurement.absence-invalid}
     * @throws Conflict {@code procurement.absence-overlaps}
     */
    @RolesAllowed("**")
    public ExpertView beAbsent(UUID id, LocalDate from, LocalDate until) {
        own(id);
        new Limits("procurement.absence-invalid", "Some values are out of range")
                .number("/from", from.getYear(), 2000, 2200)
                .check("/until", !until.isBefore(from) && until.getYear() <= 2200, "not before from")
                .refuse();
        sql.update(
                "insert into procurement.expert_absence(id, expert_id, from_day, until_day) values (?,?,?,?)",
                Ids.next(),
                id,
                from,
                until);
        audit.write(
                "procurement.expert-absent", id.toString(), Map.of("from", from.toString(), "until", until.toString()));
        return get(id);
    }

    /** The caller can come after all. */
    @RolesAllowed("**")
    public ExpertView bePresent(UUID id, UUID absence) {
        own(id);
        if (sql.update("delete from procurement.expert_absence where id = ? and expert_id = ?", absence, id) == 0) {
            throw new NotFound("procurement.absence-not-found", "No such absence");
        }
        audit.write("procurement.expert-present", id.toString(), Map.of("absence", absence.toString()));
        return get(id);
    }

    private ExpertView decide(ExpertView expert, long seen, ExpertState state, String reason) {
        StaleVersion.check(seen, expert.version());
        StaleVersion.checkChanged(
                sql.update("""
                update procurement.expert set version = version + 1, state = ?, reason = ?, decided_by = ?, decided_at = ?
                 where id = ? and version = ?""", state.name(), reason, caller.personId(), clock.instant(), expert.id(), seen));
        audit.write(
                "procurement.expert-decided", expert.id().toString(), Map.of("state", state.name(), "reason", reason));
        return get(expert.id());
    }

    private ExpertView own(UUID id) {
        ExpertView expert = get(id);
        if (!expert.personId().equals(caller.personId())) {
            throw new NotPermitted("procurement.not-your-expert", "Only the expert says this of themselves");
        }
        return expert;
    }

    private ExpertView notOwn(UUID id) {
        ExpertView expert = get(id);
        if (expert.personId().equals(caller.personId())) {
            throw new NotPermitted("procurement.own-admission", "Nobody decides about themselves");
        }
        return expert;
    }
}
