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
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Cases of the watch over the ledger: the watch opens them, a regulator or an operator closes them with what was found. */
@Stateless
@Secured
@RolesAllowed({Roles.REGULATOR, Roles.PLATFORM_OPERATOR, Roles.AUDITOR})
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
                            rs.getString("finding")))
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
            .search("(k.table_name || ' ' || k.row_id || ' ' || k.subject) ilike '%' || ? || '%'");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

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
        if (conclusion.isBlank() || conclusion.length() > 2000) {
            throw new RuleViolation("oversight.conclusion-missing", "Write what was found out")
                    .at("/conclusion", "1 to 2000 characters");
        }
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement("""
                        update oversight.oversight_case set state = 'CLOSED', closed_at = ?, closed_by = ?, finding = ?,
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
        audit.write("oversight.case-closed", id.toString(), Map.of("table", open.table(), "row", open.rowId()));
        return get(id);
    }
}
