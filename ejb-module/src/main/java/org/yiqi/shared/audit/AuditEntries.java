package org.yiqi.shared.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Secured;

/** The audit log for those who audit: an organisation's auditor sees its own entries, platform and regulators all. */
@Stateless
@Secured
@RolesAllowed({Roles.AUDITOR, Roles.REGULATOR})
public class AuditEntries {

    private static final Listing<AuditEntryView> LISTING = Listing.of(
                    "e.id, (select l.leaf from evidence.leaf l where l.kind = 'audit' and l.ref = e.id::text) leaf, e.at, e.org_id, e.person_id, e.action, e.subject, e.details::text details",
                    "audit.entry e",
                    "lpad(to_hex(e.id), 32, '0')::uuid",
                    rs -> {
                        long leaf = rs.getLong("leaf");
                        Long placed = rs.wasNull() ? null : leaf;
                        return new AuditEntryView(
                                rs.getLong("id"),
                                placed,
                                rs.getTimestamp("at").toInstant(),
                                rs.getObject("org_id", UUID.class),
                                rs.getObject("person_id", UUID.class),
                                rs.getString("action"),
                                rs.getString("subject"),
                                rs.getString("details"));
                    })
            .sort("id", "e.id", "bigint")
            .sort("at", "e.at", "timestamptz")
            .defaultSort("-id")
            .filter("action", "e.action", "text")
            .filter("subject", "e.subject", "text")
            .filter("person", "e.person_id", "uuid")
            .filter("organisation", "e.org_id", "uuid")
            .countFrom("audit.entry e")
            .filterWhere("from", "e.at >= all(cast(? as timestamptz[]))", "timestamptz")
            .filterWhere("to", "e.at < all(cast(? as timestamptz[]))", "timestamptz")
            .search("(e.action || ' ' || e.subject) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    public Page<AuditEntryView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    public void export(ListQuery query, Consumer<AuditEntryView> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }
}
