package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.procurement.domain.ReleaseFields;
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

    private static final Set<String> BY_FENCES = Set.of("R022", "R024", "R025", "R038", "R048", "R058");

    /** How many releases are looked at in one transaction. */
    private static final int BATCH = 2000;

    private static final double FENCE_REACH = 1.5;

    private static final Listing<RedFlagView> LISTING = Listing.of(
                    "f.*", "procurement.red_flag f", "f.id", RedFlagRows::read)
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
    RedFlagRows rows;

    @Inject
    ReleaseStore store;

    @Inject
    Organisations organisations;

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

    /**
     * Looks at the processes of which something was published since the last time, some thousand releases at most, and compares them
     * with all others. Other settings are another look at everything. System work only.
     *
     * @return whether more is waiting
     */
    @PermitAll
    public boolean look() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("procurement.system-only", "Only the system's own work does this");
        }
        Instant now = clock.instant();
        RedFlagRows.Run last = rows.last();
        IndicatorSettings settings = rows.settings(LocalDate.ofInstant(now, BusinessCalendar.CHINA));
        String told = settings.values().toString();
        long from = told.equals(last.settings()) ? last.position() : 0;
        Map<Long, String> fresh = store.publishedAfter(from, BATCH);
        if (fresh.isEmpty()) {
            return false;
        }
        Set<String> changed = new LinkedHashSet<>(fresh.values());
        Indicators indicators = new Indicators(settings, last.currency());
        changed.forEach(ocid -> indicators.add(withContacts(packages.compiledOf(ocid))));
        rows.replace(changed, indicators.figures());
        rows.settle(indicators.found(), rows.ofProcesses(changed), now);
        long position = fresh.keySet().stream().max(Long::compare).orElse(from);
        rows.ran(new RedFlagRows.Run(position, told, indicators.currency()), now);
        if (fresh.size() == BATCH) {
            return true;
        }
        boolean enough = rows.count() >= FEWEST_PROCESSES;
        List<RedFlag> compared = new ArrayList<>(Indicators.compared(settings, rows.figures()));
        compared.removeIf(flag -> !enough && BY_FENCES.contains(flag.indicator()));
        compared.addAll(rows.dear(settings.decimal("R017.reach", FENCE_REACH)));
        rows.settle(compared, rows.compared(), now);
        return false;
    }

    /** How its tenderers are reached, as far as they have told the platform and not the public: R044 asks for it. */
    private JsonObject withContacts(JsonObject release) {
        JsonArrayBuilder parties = Json.createArrayBuilder();
        for (JsonObject party : ReleaseFields.objects(release, "parties")) {
            JsonObjectBuilder known = Json.createObjectBuilder(party);
            Releases.creditCode(ReleaseFields.text(party, "id"))
                    .flatMap(code -> organisations.list(ListQuery.all().where("creditCode", code)).items().stream()
                            .findFirst())
                    .ifPresent(org -> known.add(
                            "contactPoint",
                            Json.createObjectBuilder()
                                    .add("name", org.contactName())
                                    .add("email", org.email())
                                    .add("telephone", org.phone())));
            parties.add(known);
        }
        return Json.createObjectBuilder(release).add("parties", parties).build();
    }
}
