package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Notices of recalls: each organisation concerned confirms its own; the regulator reminds those that have not. */
@Stateless
@Secured
public class RecallNotices {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Overdue is a matter of the moment, so the list is made for it. */
    private Listing<RecallNotice> listing() {
        return Listing.of(
                        "n.*, o.name_zh org_zh, o.name_en org_en, (n.received_at is null and n.due_at < timestamptz '"
                                + clock.instant() + "') overdue",
                        "oversight.recall_notice n join organisation.organisation o on o.id = n.org_id",
                        "n.id",
                        RecallNotices::read)
                .countFrom("oversight.recall_notice n")
                .sort("dueAt", "n.due_at", "timestamptz")
                .sort("organisation", "o.name_en", "text")
                .sort("units", "n.units", "int")
                .defaultSort("organisation")
                .filter("recall", "n.recall_id", "uuid")
                .filter("organisation", "n.org_id", "uuid")
                .filterWhere("received", "(n.received_at is not null) = any(cast(? as boolean[]))", "boolean")
                .search("(o.name_zh || ' ' || o.name_en) ilike '%' || ? || '%'");
    }

    /** Filters: {@code recall, organisation, received}; sorts: {@code organisation, dueAt, units}. Members see their own. */
    @RolesAllowed("**")
    public Page<RecallNotice> list(ListQuery query) {
        return sql.with(c -> listing().page(c, query));
    }

    /**
     * Confirms the notice to the caller's organisation.
     *
     * @param answer what has been done, such as where the units stand now
     * @throws NotFound {@code oversight.recall-not-found} if the organisation was not told of this recall
     * @throws Conflict {@code oversight.notice-received}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SIGNATORY, Roles.ORG_ADMIN, Roles.SUPPLIER, Roles.RECYCLER})
    public RecallNotice receive(UUID recallId, String answer) {
        if (answer.isBlank() || answer.strip().length() > 2000) {
            throw new RuleViolation("oversight.text-missing", "Say what has been done")
                    .at("/answer", "1 to 2000 characters");
        }
        RecallNotice notice = own(recallId);
        int changed = sql.update("""
                update oversight.recall_notice set received_at = ?, received_by = ?, answer = ?
                where recall_id = ? and org_id = ? and received_at is null""", clock.instant(), caller.personId(), answer.strip(), recallId, caller.orgId());
        if (changed == 0) {
            throw new Conflict("oversight.notice-received", "This notice is confirmed already");
        }
        audit.write("oversight.recall-received", recallId.toString(), Map.of("units", notice.units()));
        return own(recallId);
    }

    private RecallNotice own(UUID recallId) {
        return list(ListQuery.all()
                        .where("recall", recallId.toString())
                        .where("organisation", caller.orgId().toString()))
                .items()
                .stream()
                .findFirst()
                .orElseThrow(Recalls::notFound);
    }

    /**
     * Reminds everybody who has not confirmed.
     *
     * @return how many were reminded
     */
    @RolesAllowed(Roles.REGULATOR)
    public int remind(UUID recallId) {
        Instant now = clock.instant();
        if (!sql.exists("select 1 from oversight.recall where id = ?", recallId)) {
            throw Recalls.notFound();
        }
        int reminded = sql.update("""
                update oversight.recall_notice set reminders = reminders + 1, reminded_at = ?
                where recall_id = ? and received_at is null""", now, recallId);
        if (reminded > 0) {
            audit.write("oversight.recall-reminded", recallId.toString(), Map.of("notices", reminded));
        }
        return reminded;
    }

    private static RecallNotice read(ResultSet rs) throws SQLException {
        return new RecallNotice(
                rs.getObject("id", UUID.class),
                rs.getObject("recall_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                rs.getString("org_zh"),
                rs.getString("org_en"),
                rs.getBoolean("as_custodian"),
                rs.getBoolean("as_owner"),
                rs.getBoolean("as_lessee"),
                rs.getInt("units"),
                rs.getInt("bookings"),
                rs.getTimestamp("sent_at").toInstant(),
                rs.getTimestamp("due_at").toInstant(),
                rs.getInt("reminders"),
                Sql.instant(rs, "reminded_at"),
                Sql.instant(rs, "received_at"),
                rs.getBoolean("overdue"),
                rs.getString("answer"));
    }
}
