package org.yiqi.oversight;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.ledger.StoppedSubjects;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Cases: of the watch over the ledger, which a regulator or an operator closes with what was found, and of regulators, which
 * go the way of {@link CaseWork}. An organisation sees those that it has been asked in.
 */
@Stateless
@Secured
@RolesAllowed("**")
public class Cases {

    private static final Listing<CaseView> LISTING = Listing.of(
                    "k.*",
                    "oversight.oversight_case k",
                    "k.id",
                    rs -> new CaseView(
                            rs.getObject("id", UUID.class),
                            rs.getLong("version"),
                            rs.getString("kind"),
                            rs.getString("table_name"),
                            rs.getString("row_id"),
                            rs.getString("column_name"),
                            rs.getString("expected"),
                            rs.getString("found"),
                            rs.getString("subject"),
                            rs.getString("state"),
                            rs.getTimestamp("opened_at").toInstant(),
                            rs.getTimestamp("closed_at") == null
                                    ? null
                                    : rs.getTimestamp("closed_at").toInstant(),
                            rs.getString("finding"),
                            rs.getString("number"),
                            rs.getString("title"),
                            CaseStage.valueOf(rs.getString("stage")),
                            Sql.instant(rs, "due_at"),
                            Sql.instant(rs, "answered_at"),
                            rs.getObject("lead_org", UUID.class),
                            List.of((UUID[]) rs.getArray("joint_orgs").getArray()),
                            rs.getObject("concerned_org", UUID.class),
                            rs.getObject("model_id", UUID.class),
                            rs.getString("decision"),
                            rs.getString("sanction"),
                            rs.getObject("recall_id", UUID.class)))
            .sort("openedAt", "k.opened_at", "timestamptz")
            .sort("table", "k.table_name", "text")
            .sort("kind", "k.kind", "text")
            .sort("state", "k.state", "text")
            .defaultSort("-openedAt")
            .filter("id", "k.id", "uuid")
            .filter("state", "k.state", "text")
            .filter("kind", "k.kind", "text")
            .filter("table", "k.table_name", "text")
            .filter("subject", "k.subject", "text")
            .filter("stage", "k.stage", "text")
            .filter("concerned", "k.concerned_org", "uuid")
            .filterWhere("joint", "(cardinality(k.joint_orgs) > 0) = any(cast(? as boolean[]))", "boolean")
            .filterWhere("watch", "(k.table_name <> '') = any(cast(? as boolean[]))", "boolean")
            .filterWhere(
                    "due",
                    "k.due_at < all(cast(? as timestamptz[])) and k.answered_at is null and k.state = 'OPEN'",
                    "timestamptz")
            .search(
                    "(k.number || ' ' || k.title || ' ' || k.table_name || ' ' || k.row_id || ' ' || k.subject) ilike '%' || ? || '%'");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    StoppedSubjects stopped;

    public Page<CaseView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws NotFound {@code oversight.case-not-found} */
    public CaseView get(UUID id) {
        List<CaseView> found = list(ListQuery.all().where("id", id.toString())).items();
        if (found.isEmpty()) {
            throw new NotFound("oversight.case-not-found", "No such case");
        }
        return found.get(0);
    }

    /**
     * Closes a case. If it was about a refused act, its subject may go on.
     *
     * @param conclusion what was found out, for those who read the case later
     * @throws Conflict {@code oversight.case-closed}
     * @throws RuleViolation {@code oversight.conclusion-missing}
     */
    @RolesAllowed({Roles.REGULATOR, Roles.PLATFORM_OPERATOR})
    public CaseView close(UUID id, long version, String conclusion) {
        CaseView open = get(id);
        if (!open.state().equals("OPEN")) {
            throw new Conflict("oversight.case-closed", "This case is closed");
        }
        boolean worked = open.leadOrg() != null;
        if (!CaseStage.closable().contains(open.stage())) {
            throw new Conflict("oversight.case-other-stage", "A case that somebody was asked in ends with a decision");
        }
        if (worked && !open.isWorkedOnBy(caller.orgId())) {
            throw new NotPermitted("oversight.case-of-others", "A regulator works on this case");
        }
        if (conclusion.isBlank() || conclusion.length() > 2000) {
            throw new RuleViolation("oversight.conclusion-missing", "Write what was found out")
                    .at("/conclusion", "1 to 2000 characters");
        }
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement("""
                        update oversight.oversight_case set state = 'CLOSED', stage = 'CLOSED', due_at = null, closed_at = ?, closed_by = ?, finding = ?,
                          version = version + 1 where id = ? and version = ? and state = 'OPEN'""")) {
            s.setTimestamp(1, Timestamp.from(clock.instant()));
            s.setObject(2, caller.personId());
            s.setString(3, conclusion.strip());
            s.setObject(4, id);
            s.setLong(5, version);
            StaleVersion.checkChanged(s.executeUpdate());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (open.kind().equals(RefusedActs.KIND)) {
            stopped.release(open.subject());
        }
        if (worked) {
            sql.update("""
                    insert into oversight.case_step(id, case_id, at, org_id, person_id, action, note, open_to_concerned)
                    values (?, ?, ?, ?, ?, 'CLOSED', ?, true)""", Ids.next(), id, clock.instant(), caller.orgId(), caller.personId(), conclusion.strip());
        }
        audit.write("oversight.case-closed", id.toString(), Map.of("table", open.table(), "row", open.rowId()));
        return get(id);
    }
}
