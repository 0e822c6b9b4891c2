package org.yiqi.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * Which regulator looked at what of whom, for the owner to see. While a covert investigation of an organisation runs, the
 * looks of its regulator stay hidden; after its end they are seen like all others.
 */
@Stateless
@Secured
public class Looks {

    private static final int LONGEST_DAYS = 180;
    private static final Duration ONE_LOOK = Duration.ofMinutes(1);

    private static final Listing<LookView> LISTING = Listing.of(
                    "k.*, r.name_zh regulator_zh, r.name_en regulator_en, coalesce(m.name_zh, '') name_zh, coalesce(m.name_en, '') name_en,"
                            + " coalesce(u.serial, '') serial, coalesce(u.asset_tag, '') asset_tag",
                    """
                    oversight.look k join organisation.organisation r on r.id = k.regulator_id
                    left join equipment.unit u on u.id = k.unit_id left join equipment.model m on m.id = u.model_id""",
                    "k.id",
                    rs -> new LookView(
                            rs.getObject("id", UUID.class),
                            rs.getTimestamp("at").toInstant(),
                            rs.getString("action"),
                            rs.getObject("regulator_id", UUID.class),
                            rs.getString("regulator_zh"),
                            rs.getString("regulator_en"),
                            rs.getObject("owner_id", UUID.class),
                            rs.getString("subject_kind"),
                            rs.getObject("subject_id", UUID.class),
                            rs.getObject("unit_id", UUID.class),
                            rs.getString("name_zh"),
                            rs.getString("name_en"),
                            rs.getString("serial"),
                            rs.getString("asset_tag"),
                            Sql.instant(rs, "hidden_until")))
            .countFrom("oversight.look k")
            .sort("at", "k.at", "timestamptz")
            .defaultSort("-at")
            .filter("unit", "k.unit_id", "uuid")
            .filter("kind", "k.subject_kind", "text")
            .filter("action", "k.action", "text")
            .filter("owner", "k.owner_id", "uuid")
            .filter("regulator", "k.regulator_id", "uuid");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("covert_investigation_once", "oversight.covert-already");
    }

    /** Filters: {@code unit, kind, action, owner, regulator}; sorts: {@code at}. Organisations see looks at what they own. */
    @RolesAllowed("**")
    public Page<LookView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /**
     * From now on, and for as many days, the caller's looks at an organisation's units stay hidden from it.
     *
     * @return when they will be seen
     * @throws RuleViolation {@code oversight.covert-invalid}
     */
    @RolesAllowed(Roles.REGULATOR)
    public Instant beginCovert(UUID org, String reason, int days) {
        Recalls.said("/reason", reason, 2000);
        if (days < 1 || days > LONGEST_DAYS) {
            throw new RuleViolation("oversight.covert-invalid", "A covert investigation has an end")
                    .at("/days", "1 to " + LONGEST_DAYS);
        }
        if (!sql.exists("select 1 from organisation.organisation where id = ?", org)) {
            throw new RuleViolation("oversight.covert-invalid", "No such organisation")
                    .at("/organisation", "an organisation that exists");
        }
        UUID id = Ids.next();
        Instant now = clock.instant();
        Instant end = now.plus(Duration.ofDays(days));
        sql.update("""
                insert into oversight.covert_investigation(id, regulator_id, org_id, reason, begun_by, begun_at, ends_at)
                values (?, ?, ?, ?, ?, ?, ?)""", id, caller.orgId(), org, reason.strip(), caller.personId(), now, end);
        audit.write("oversight.covert-begun", id.toString(), Map.of("days", days));
        return end;
    }

    /** Writes down that the caller, if it is a regulator, looks at a unit in a way that is more than reading. */
    @RolesAllowed("**")
    public void record(String action, UUID unit) {
        if (caller.scope() == Scope.REGULATOR) {
            insert(action, "'UNIT'", "u.owner_id", "equipment.unit u where u.id = ?", unit);
        }
    }

    /**
     * Writes down that the caller, if it is a regulator, reads things by their ids; what is nobody's is no look. Once a minute for a thing,
     * since a page may renew itself.
     */
    @RolesAllowed("**")
    public void read(Set<UUID> things) {
        if (caller.scope() != Scope.REGULATOR) {
            return;
        }
        for (UUID thing : things) {
            boolean fresh = sql.exists(
                    "select 1 from oversight.look where regulator_id = ? and subject_id = ? and at > ?",
                    caller.orgId(),
                    thing,
                    clock.instant().minus(ONE_LOOK));
            if (!fresh) {
                insert("READ", "u.kind", "u.org", "oversight.owners_of(?) u", thing);
            }
        }
    }

    private void insert(String action, String kind, String owner, String from, UUID thing) {
        Instant now = clock.instant();
        sql.update(
                """
                insert into oversight.look(id, regulator_id, owner_id, subject_kind, subject_id, unit_id, action, at, hidden_until)
                select gen_random_uuid(), ?, %2$s, %1$s, ?, case when %1$s = 'UNIT' then cast(? as uuid) end, ?, ?,
                  (select max(i.ends_at) from oversight.covert_investigation i
                  where i.regulator_id = ? and i.org_id = %2$s and i.begun_at <= ? and i.ends_at > ?)
                from %3$s""".formatted(kind, owner, from),
                caller.orgId(),
                thing,
                thing,
                action,
                now,
                caller.orgId(),
                now,
                now,
                thing);
    }
}
