package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Secured;

/** Whose mandatory credentials end within 90, 30 and 7 days: an organisation sees its own, reviewers all. */
@Stateless
@Secured
@RolesAllowed({Roles.ORG_ADMIN, Roles.PLATFORM_REVIEWER, Roles.PLATFORM_OPERATOR, Roles.REGULATOR})
public class Renewals {

    private static final Listing<RenewalView> LISTING = Listing.of(
                    "q.*",
                    """
                    (select c.id, c.org_id, o.name_zh, o.name_en, c.credential_type, t.name_zh type_zh, t.name_en type_en, c.number, c.valid_to,
                            c.valid_to - (now() at time zone 'Asia/Shanghai')::date days_left,
                            case when c.valid_to < (now() at time zone 'Asia/Shanghai')::date then 0
                                 when c.valid_to - (now() at time zone 'Asia/Shanghai')::date <= 7 then 7
                                 when c.valid_to - (now() at time zone 'Asia/Shanghai')::date <= 30 then 30 else 90 end stage
                       from organisation.credential c join organisation.organisation o on o.id = c.org_id
                       join organisation.credential_type t on t.code = c.credential_type
                       join organisation.credential_rule r on r.kind = o.kind and r.credential_type = c.credential_type and r.mandatory
                      where c.verified_at is not null and c.withdrawn_at is null
                        and c.valid_to <= (now() at time zone 'Asia/Shanghai')::date + 90
                        and not exists (select 1 from organisation.credential n
                              where n.org_id = c.org_id and n.credential_type = c.credential_type and n.verified_at is not null
                                and n.withdrawn_at is null and (n.valid_to is null or n.valid_to > c.valid_to))) q""",
                    "q.id",
                    rs -> new RenewalView(
                            rs.getObject("id", UUID.class),
                            rs.getObject("org_id", UUID.class),
                            rs.getString("name_zh"),
                            rs.getString("name_en"),
                            rs.getString("credential_type"),
                            rs.getString("type_zh"),
                            rs.getString("type_en"),
                            rs.getString("number"),
                            rs.getDate("valid_to").toLocalDate(),
                            rs.getInt("days_left"),
                            rs.getInt("stage")))
            .sort("validTo", "q.valid_to", "date")
            .sort("nameZh", "q.name_zh", "text")
            .sort("nameEn", "q.name_en", "text")
            .filter("stage", "q.stage", "int")
            .filter("organisation", "q.org_id", "uuid")
            .filter("type", "q.credential_type", "text")
            .search("(q.name_zh || ' ' || q.name_en || ' ' || q.number) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    public Page<RenewalView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }
}
