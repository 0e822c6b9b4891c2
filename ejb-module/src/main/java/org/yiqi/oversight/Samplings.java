package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.yiqi.contract.evaluation.Draw;
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
 * Inspections by sample. A regulator states the population (place, category, classes of risk) and with it the digest of a seed; then
 * it draws: the seed is revealed, with a word that whoever draws adds, and anybody can draw the same again ({@link Draw}). How many
 * of each class are looked at is the rule of the day.
 */
@Stateless
@Secured
@RolesAllowed(Roles.REGULATOR)
public class Samplings {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Set<String> CLASSES = Set.of("I", "II", "III");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Overdue is a matter of the day, so the list is made for it. */
    private Listing<SamplingView> listing() {
        return Listing.of("k.*, o.name_zh org_zh, o.name_en org_en, st.population, sa.*", """
                    oversight.sampling k join organisation.organisation o on o.id = k.org_id
                    cross join lateral (select coalesce(sum(t.population), 0) population from oversight.sampling_stratum t
                      where t.sampling_id = k.id) st
                    cross join lateral (select count(*) samples, count(x.inspected_at) inspected, count(x.case_id) cases,
                      count(*) filter (where x.result in ('FINDING', 'NOT_FOUND')) findings
                      from oversight.sample x where x.sampling_id = k.id) sa""", "k.id", Samplings::read)
                .countFrom("oversight.sampling k")
                .sort("plannedAt", "k.planned_at", "timestamptz")
                .sort("dueOn", "k.due_on", "date")
                .sort("title", "k.title", "text")
                .defaultSort("-plannedAt")
                .filter("id", "k.id", "uuid")
                .filter("state", "k.state", "text")
                .filterWhere(
                        "overdue",
                        "(k.due_on < date '" + LocalDate.ofInstant(clock.instant(), CHINA)
                                + "' and (k.state = 'PLANNED' or exists (select 1 from oversight.sample y where y.sampling_id = k.id"
                                + " and y.inspected_at is null))) = any(cast(? as boolean[]))",
                        "boolean")
                .filter("organisation", "k.org_id", "uuid")
                .search("(k.number || ' ' || k.title) ilike '%' || ? || '%'");
    }

    /** Filters: {@code state, organisation, overdue}; sorts: {@code plannedAt, dueOn, title}. */
    public Page<SamplingView> list(ListQuery query) {
        return sql.with(c -> listing().page(c, query));
    }

    /** @throws NotFound {@code oversight.sampling-not-found} */
    public SamplingView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("oversight.sampling-not-found", "No such inspection"));
    }

    /** The populations of an inspection, by class. */
    public List<SamplingStratum> strata(UUID id) {
        get(id);
        return sql.list(
                "select * from oversight.sampling_stratum where sampling_id = ? order by device_class",
                rs -> new SamplingStratum(
                        rs.getString("device_class"),
                        rs.getInt("population"),
                        rs.getInt("sample_size"),
                        rs.getObject("rule_of", LocalDate.class),
                        rs.getString("source"),
                        List.of((UUID[]) rs.getArray("candidates").getArray())),
                id);
    }

    /**
     * States a population and commits to a seed.
     *
     * @throws RuleViolation {@code oversight.sampling-invalid}, {@code oversight.sampling-finds-nothing}
     */
    public SamplingView plan(PlanSampling plan) {
        Recalls.said("/title", plan.title(), 200);
        Recalls.said("/purpose", plan.purpose(), 4000);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, CHINA);
        if (plan.classes().isEmpty() || !CLASSES.containsAll(plan.classes())) {
            throw invalid("Name classes of risk", "/classes", "some of I, II, III");
        }
        if (!plan.region().matches("[0-9]{0,6}")) {
            throw invalid("A region is the beginning of a code of GB/T 2260", "/region", "up to 6 digits");
        }
        if (plan.category().length() > 40) {
            throw invalid("Name a category of devices", "/category", "at most 40 characters");
        }
        if (plan.dueOn().isBefore(today) || plan.dueOn().isAfter(today.plusYears(2))) {
            throw invalid("Say by when all are inspected", "/dueOn", "from today, within two years");
        }
        UUID id = Ids.next();
        byte[] seed = new byte[Draw.SEED];
        new SecureRandom().nextBytes(seed);
        sql.update(
                """
                insert into oversight.sampling(id, org_id, title, purpose, region, category, due_on, commitment, planned_by, planned_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                caller.orgId(),
                plan.title().strip(),
                plan.purpose().strip(),
                plan.region(),
                plan.category(),
                plan.dueOn(),
                Draw.commitment(seed),
                caller.personId(),
                now);
        sql.update("insert into oversight.sampling_secret(sampling_id, seed) values (?, ?)", id, seed);
        int strata = 0;
        for (String each : new TreeSet<>(plan.classes())) {
            strata += state(id, each, plan, today);
        }
        if (strata == 0) {
            throw new RuleViolation("oversight.sampling-finds-nothing", "There is no such device")
                    .at("/classes", "a class of which there are devices");
        }
        audit.write("oversight.sampling-planned", id.toString(), Map.of("classes", String.join(",", plan.classes())));
        return get(id);
    }

    /** Devices in service, whatever their moment: one that is being repaired is as much looked at as one in use. */
    private int state(UUID id, String deviceClass, PlanSampling plan, LocalDate today) {
        return sql.update("""
                with p as (select array_agg(u.id order by u.id::text) ids, count(*)::int n from equipment.unit u
                    join equipment.model m on m.id = u.model_id
                    where m.device_class = ? and u.status not in ('REGISTERED', 'RETIRING', 'DISPOSED') and u.region_code like ? || '%'
                      and (? = '' or m.category = ?))
                insert into oversight.sampling_stratum(sampling_id, device_class, population, sample_size, rule_of, source, candidates)
                select ?, r.device_class, p.n, least(p.n, r.sample_size), r.from_day, r.source, p.ids from p cross join lateral
                  (select * from oversight.sampling_rule r where r.device_class = ? and r.from_day <= ? and r.population_from <= p.n
                   order by r.from_day desc, r.population_from desc limit 1) r where p.n > 0""", deviceClass, plan.region(), plan.category(), plan.category(), id, deviceClass, today);
    }

    /**
     * Draws the sample: reveals the seed and says which devices are inspected.
     *
     * @param word what whoever draws adds; it decides with the seed
     * @throws Conflict {@code oversight.sampling-drawn}
     * @throws NotPermitted {@code oversight.not-your-sampling}
     */
    public SamplingView draw(UUID id, long seen, String word) {
        SamplingView plan = own(id);
        Recalls.said("/word", word, 200);
        if (plan.isDrawn()) {
            throw new Conflict("oversight.sampling-drawn", "This sample is drawn");
        }
        byte[] seed = sql.first(
                        "select seed from oversight.sampling_secret where sampling_id = ?", rs -> rs.getBytes(1), id)
                .orElseThrow();
        StaleVersion.checkChanged(sql.update(
                """
                update oversight.sampling set state = 'DRAWN', seed = ?, word = ?, drawn_by = ?, drawn_at = ?, version = version + 1
                where id = ? and version = ? and state = 'PLANNED'""", HexFormat.of().formatHex(seed), word.strip(), caller.personId(), clock.instant(), id, seen));
        for (SamplingStratum stratum : strata(id)) {
            List<UUID> chosen = drawn(seed, id, word.strip(), stratum);
            for (int i = 0; i < chosen.size(); i++) {
                sql.update("""
                        insert into oversight.sample(id, sampling_id, device_class, position, unit_id, owner_id, custodian_id)
                        select ?, ?, ?, ?, u.id, u.owner_id, u.custodian_id from equipment.unit u where u.id = ?""", Ids.next(), id, stratum.deviceClass(), i + 1, chosen.get(i));
            }
        }
        sql.update("delete from oversight.sampling_secret where sampling_id = ?", id);
        audit.write("oversight.sampling-drawn", id.toString(), Map.of("word", word.strip()));
        return get(id);
    }

    /** Who is drawn of a class; whoever has seed, word and population gets the same. */
    static List<UUID> drawn(byte[] seed, UUID sampling, String word, SamplingStratum stratum) {
        return Draw.order(seed, Draw.Purpose.SAMPLE, sampling, stratum.deviceClass() + " " + word, stratum.candidates())
                .subList(0, stratum.sampleSize());
    }

    /** @throws NotPermitted {@code oversight.not-your-sampling} unless the caller's authority has planned it */
    public SamplingView own(UUID id) {
        SamplingView plan = get(id);
        if (!plan.orgId().equals(caller.orgId())) {
            throw new NotPermitted("oversight.not-your-sampling", "Another authority inspects here");
        }
        return plan;
    }

    private static RuleViolation invalid(String message, String pointer, String rule) {
        return new RuleViolation("oversight.sampling-invalid", message).at(pointer, rule);
    }

    private static SamplingView read(ResultSet rs) throws SQLException {
        return new SamplingView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                rs.getString("org_zh"),
                rs.getString("org_en"),
                rs.getString("title"),
                rs.getString("purpose"),
                rs.getString("region"),
                rs.getString("category"),
                rs.getObject("due_on", LocalDate.class),
                rs.getString("state"),
                rs.getString("commitment"),
                rs.getString("seed"),
                rs.getString("word"),
                rs.getTimestamp("planned_at").toInstant(),
                Sql.instant(rs, "drawn_at"),
                rs.getLong("population"),
                rs.getLong("samples"),
                rs.getLong("inspected"),
                rs.getLong("findings"),
                rs.getLong("cases"));
    }
}
