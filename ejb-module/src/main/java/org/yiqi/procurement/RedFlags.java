package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.procurement.redflags.IndicatorSettings;
import org.yiqi.procurement.redflags.Indicators;
import org.yiqi.procurement.redflags.RedFlag;
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
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * Leads from the open data, by the indicators of {@link Indicators}. They reject nobody: a regulator looks, and dismisses with a reason
 * what is nothing; the buyer sees what is said of its own processes.
 */
@Stateless
@Secured
public class RedFlags {

    /** Below so many processes a fence around their figures says nothing. */
    static final int FEWEST_PROCESSES = 20;

    private static final Set<String> BY_COMPARISON = Set.of("R024", "R025", "R038", "R048", "R058");

    private static final Listing<RedFlagView> LISTING = Listing.of(
                    "f.*", "procurement.red_flag f", "f.id", RedFlags::read)
            .sort("foundAt", "f.found_at", "timestamptz")
            .sort("indicator", "f.indicator", "text")
            .defaultSort("-foundAt")
            .filter("id", "f.id", "uuid")
            .filter("state", "f.state", "text")
            .filter("indicator", "f.indicator", "text")
            .filter("group", "f.subject_group", "text")
            .filter("ocid", "f.ocid", "text")
            .search("(f.subject || ' ' || coalesce(f.ocid, '')) ilike '%' || ? || '%'");

    @Inject
    OcdsPackages packages;

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Filters: {@code state, indicator, group, ocid}; buyers see those of their own processes. */
    @RolesAllowed({Roles.REGULATOR, Roles.AUDITOR, Roles.EQUIPMENT, Roles.FINANCE})
    public Page<RedFlagView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** The same, all of them, for an export. */
    @RolesAllowed({Roles.REGULATOR, Roles.AUDITOR, Roles.EQUIPMENT, Roles.FINANCE})
    public void export(ListQuery query, Consumer<RedFlagView> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code procurement.red-flag-not-found} */
    @RolesAllowed({Roles.REGULATOR, Roles.AUDITOR, Roles.EQUIPMENT, Roles.FINANCE})
    public RedFlagView get(UUID id) {
        RedFlagView flag = list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.red-flag-not-found", "No such lead"));
        return flag.with(sql.list(
                "select person_id, org_id, reason, at from procurement.red_flag_dismissal where flag_id = ? order by at desc",
                rs -> new RedFlagView.Dismissal(
                        rs.getObject(1, UUID.class),
                        rs.getObject(2, UUID.class),
                        rs.getString(3),
                        rs.getTimestamp(4).toInstant()),
                id));
    }

    /**
     * A regulator has looked: it is nothing. It comes back only if the data stops and begins again to say so.
     *
     * @throws Conflict {@code procurement.red-flag-not-open}
     */
    @RolesAllowed(Roles.REGULATOR)
    public RedFlagView dismiss(UUID id, String reason) {
        if (caller.scope() != Scope.REGULATOR) {
            throw new NotPermitted("procurement.red-flag-regulator", "A regulator dismisses");
        }
        new Limits("procurement.reason-missing", "Say why")
                .text("/reason", reason, 2000)
                .refuse();
        get(id);
        Instant now = clock.instant();
        int changed = sql.update(
                "update procurement.red_flag set version = version + 1, state = 'DISMISSED', changed_at = ? where id = ? and state = 'OPEN'",
                now,
                id);
        if (changed == 0) {
            throw new Conflict("procurement.red-flag-not-open", "It was dismissed, or is no longer there");
        }
        sql.update(
                "insert into procurement.red_flag_dismissal(id, flag_id, person_id, org_id, reason, at) values (?,?,?,?,?,?)",
                Ids.next(),
                id,
                caller.personId(),
                caller.orgId(),
                reason.strip(),
                now);
        audit.write("procurement.red-flag-dismissed", id.toString(), Map.of("reason", reason.strip()));
        return get(id);
    }

    /** Looks at all open data, if something was published since the last time. System work only. */
    @PermitAll
    public void look() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("procurement.system-only", "Only the system's own work does this");
        }
        long newest = sql.first("select coalesce(max(position), 0) from procurement.ocds_release", rs -> rs.getLong(1))
                .orElse(0L);
        long seen = sql.first("select position from procurement.red_flag_run for update", rs -> rs.getLong(1))
                .orElse(-1L);
        if (newest == seen) {
            return;
        }
        Indicators indicators = new Indicators(settings());
        Map<String, UUID> buyers = new HashMap<>();
        int[] processes = new int[1];
        packages.eachCompiled(release -> {
            processes[0]++;
            indicators.add(release);
        });
        sql.list(
                        "select distinct ocid, org_id from procurement.ocds_release",
                        rs -> Map.entry(rs.getString(1), rs.getObject(2, UUID.class)))
                .forEach(each -> buyers.put(each.getKey(), each.getValue()));
        Instant now = clock.instant();
        for (RedFlag flag : indicators.flags()) {
            if (processes[0] >= FEWEST_PROCESSES || !BY_COMPARISON.contains(flag.indicator())) {
                keep(flag, buyers, now);
            }
        }
        sql.update(
                "update procurement.red_flag set version = version + 1, state = 'GONE' where state = 'OPEN' and changed_at < ?",
                now);
        sql.update("""
                insert into procurement.red_flag_run(position, processes, at) values (?,?,?)
                on conflict (only_one) do update set position = excluded.position, processes = excluded.processes, at = excluded.at""", newest, processes[0], now);
    }

    /** Those of the day. */
    private IndicatorSettings settings() {
        Map<String, String> values = new HashMap<>();
        sql.list(
                        "select distinct on (name) name, value from procurement.red_flag_setting where from_day <= ? order by name, from_day desc",
                        rs -> Map.entry(rs.getString(1), rs.getString(2)),
                        LocalDate.ofInstant(clock.instant(), BusinessCalendar.CHINA))
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        return new IndicatorSettings(values);
    }

    private void keep(RedFlag flag, Map<String, UUID> buyers, Instant now) {
        String ocid = flag.group() == RedFlag.Group.OCID
                ? flag.subject()
                : flag.facts().get("ocid");
        JsonObjectBuilder facts = Json.createObjectBuilder();
        new TreeMap<>(flag.facts()).forEach(facts::add);
        sql.update(
                """
                insert into procurement.red_flag(id, indicator, subject_group, subject, ocid, value, facts, state, buyer_org, found_at, changed_at)
                values (?,?,?,?,?,?,?::jsonb, 'OPEN', ?,?,?)
                on conflict (indicator, subject_group, subject, ocid) do update set value = excluded.value, facts = excluded.facts,
                  changed_at = excluded.changed_at, version = red_flag.version + 1,
                  state = case when red_flag.state = 'GONE' then 'OPEN' else red_flag.state end""",
                Ids.next(),
                flag.indicator(),
                flag.group().name(),
                flag.subject(),
                ocid,
                flag.value(),
                facts.build().toString(),
                ocid == null ? null : buyers.get(ocid),
                now,
                now);
    }

    private static RedFlagView read(ResultSet rs) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        JsonObject said =
                Json.createReader(new StringReader(rs.getString("facts"))).readObject();
        said.forEach(
                (key, value) -> facts.put(key, value instanceof JsonString text ? text.getString() : value.toString()));
        @Nullable String ocid = rs.getString("ocid");
        return new RedFlagView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("indicator"),
                RedFlag.Group.valueOf(rs.getString("subject_group")),
                rs.getString("subject"),
                ocid,
                rs.getDouble("value"),
                facts,
                RedFlagView.State.valueOf(rs.getString("state")),
                rs.getTimestamp("found_at").toInstant(),
                List.of());
    }
}
