package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
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

/** Needs of departments: raised with a reason, then planned or declined with one. */
@Stateless
@Secured
public class Needs {

    private static final Listing<NeedView> LISTING = Listing.of("n.*", "procurement.need n", "n.id", NeedView::read)
            .sort("raisedAt", "n.raised_at", "timestamptz")
            .sort("wantedBy", "n.wanted_by", "date")
            .sort("title", "n.title", "text")
            .defaultSort("-raisedAt")
            .filter("id", "n.id", "uuid")
            .filter("state", "n.state", "text")
            .filter("category", "n.category", "text")
            .search("(n.number || ' ' || n.title || ' ' || n.department || ' ' || n.reason) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Filters: {@code state, category}; sorts: {@code raisedAt, wantedBy, title}. */
    @RolesAllowed("**")
    public Page<NeedView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** @throws NotFound {@code procurement.need-not-found} */
    @RolesAllowed("**")
    public NeedView get(UUID id) {
        return sql.first("select * from procurement.need where id = ?", NeedView::read, id)
                .orElseThrow(() -> new NotFound("procurement.need-not-found", "No such need"));
    }

    /** @throws RuleViolation {@code procurement.need-invalid} */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT})
    public NeedView raise(RaiseNeed need) {
        new Limits("procurement.need-invalid", "Some values of the need are out of range")
                .text("/department", need.department(), 120)
                .category("/category", need.category())
                .text("/title", need.title(), 200)
                .number("/quantity", need.quantity(), 1, 10_000)
                .text("/reason", need.reason(), 4000)
                .number("/wantedBy", need.wantedBy().getYear(), 2000, 2200)
                .refuse();
        UUID id = Ids.next();
        sql.update(
                """
                insert into procurement.need(id, number, org_id, department, category, title, quantity, reason, wanted_by, state,
                  raised_by, raised_at)
                values (?, 'N-' || lpad(nextval('procurement.need_number')::text, 6, '0'), ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, ?)""",
                id,
                caller.orgId(),
                need.department().strip(),
                need.category(),
                need.title().strip(),
                need.quantity(),
                need.reason().strip(),
                need.wantedBy(),
                caller.personId(),
                clock.instant());
        audit.write("procurement.need-raised", id.toString(), Map.of("title", need.title()));
        return get(id);
    }

    /**
     * @throws RuleViolation {@code procurement.reason-missing}
     * @throws Conflict {@code procurement.need-answered}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public NeedView decline(UUID id, long seen, String reason) {
        NeedView need = get(id);
        StaleVersion.check(seen, need.version());
        new Limits("procurement.reason-missing", "Say why")
                .text("/reason", reason, 2000)
                .refuse();
        if (need.state() != NeedState.OPEN) {
            throw new Conflict("procurement.need-answered", "The need is planned or declined already");
        }
        StaleVersion.checkChanged(sql.update(
                "update procurement.need set version = version + 1, state = 'DECLINED', answer = ? where id = ? and version = ?",
                reason.strip(),
                id,
                seen));
        audit.write("procurement.need-declined", id.toString(), Map.of("reason", reason.strip()));
        return get(id);
    }
}
