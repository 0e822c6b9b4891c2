package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

/** The devices that an inspection has drawn: what was found with each, and the case that follows from a finding. */
@Stateless
@Secured
@RolesAllowed(Roles.REGULATOR)
public class Samples {

    private static final Set<String> RESULTS = Set.of("CONFORMS", "FINDING", "NOT_FOUND");

    private static final Listing<SampleView> LISTING = Listing.of("""
                    x.*, u.model_id, u.serial, u.asset_tag, u.region_code, u.site, m.name_zh, m.name_en, o.name_zh owner_zh, o.name_en owner_en,
                    c.name_zh custodian_zh, c.name_en custodian_en, coalesce(k.number, '') case_number""", """
                    oversight.sample x join equipment.unit u on u.id = x.unit_id join equipment.model m on m.id = u.model_id
                    join organisation.organisation o on o.id = x.owner_id join organisation.organisation c on c.id = x.custodian_id
                    left join oversight.oversight_case k on k.id = x.case_id""", "x.id", Samples::read)
            .countFrom("oversight.sample x")
            .sort("class", "x.device_class", "text")
            .sort("position", "x.position", "int")
            .sort("custodian", "c.name_en", "text")
            .sort("result", "x.result", "text")
            .defaultSort("position")
            .filter("id", "x.id", "uuid")
            .filter("sampling", "x.sampling_id", "uuid")
            .filter("class", "x.device_class", "text")
            .filter("result", "x.result", "text")
            .filter("custodian", "x.custodian_id", "uuid")
            .search("(u.serial || ' ' || u.asset_tag || ' ' || m.name_zh || ' ' || m.name_en) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Samplings samplings;

    @Inject
    CaseWork work;

    /** Filters: {@code class, result, custodian}; sorts: {@code position, class, custodian, result}. */
    public Page<SampleView> list(UUID sampling, ListQuery query) {
        samplings.get(sampling);
        return sql.with(c -> LISTING.page(c, query.where("sampling", sampling.toString())));
    }

    public void export(UUID sampling, ListQuery query, Consumer<SampleView> rows) {
        samplings.get(sampling);
        sql.with(c -> {
            LISTING.forEach(c, query.where("sampling", sampling.toString()), rows);
            return true;
        });
    }

    /** @throws NotFound {@code oversight.sample-not-found} */
    public SampleView get(UUID sampling, UUID id) {
        return list(sampling, ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("oversight.sample-not-found", "No such sample"));
    }

    /**
     * Writes down what an inspector found; once a case follows from it, it stands.
     *
     * @param result CONFORMS, FINDING or NOT_FOUND
     * @param finding what was found; may be empty for CONFORMS only
     * @throws RuleViolation {@code oversight.sample-invalid}
     * @throws Conflict {@code oversight.sample-in-case}
     */
    public SampleView inspect(UUID sampling, UUID id, String result, String finding) {
        samplings.own(sampling);
        get(sampling, id);
        if (!RESULTS.contains(result)) {
            throw new RuleViolation("oversight.sample-invalid", "Not a result").at("/result", "one of " + RESULTS);
        }
        if (!result.equals("CONFORMS") || finding.length() > 4000) {
            Recalls.said("/finding", finding, 4000);
        }
        int changed = sql.update("""
                update oversight.sample set result = ?, finding = ?, inspected_at = ?, inspected_by = ?
                where id = ? and sampling_id = ? and case_id is null""", result, finding.strip(), clock.instant(), caller.personId(), id, sampling);
        if (changed == 0) {
            throw new Conflict("oversight.sample-in-case", "A case follows from this finding already");
        }
        audit.write("oversight.sample-inspected", id.toString(), Map.of("result", result));
        return get(sampling, id);
    }

    /**
     * Opens a case from a finding, against whoever held the device when it was drawn.
     *
     * @throws Conflict {@code oversight.sample-in-case}, {@code oversight.sample-no-finding}
     */
    public CaseView openCase(UUID sampling, UUID id) {
        SamplingView plan = samplings.own(sampling);
        SampleView sample = get(sampling, id);
        // The second of two at once waits here, and finds the first one's case.
        boolean free = sql.first(
                        "select case_id is null from oversight.sample where id = ? for update",
                        rs -> rs.getBoolean(1),
                        id)
                .orElseThrow();
        if (!free) {
            throw new Conflict("oversight.sample-in-case", "A case follows from this finding already");
        }
        if (sample.finding().isEmpty() || sample.result().equals("CONFORMS")) {
            throw new Conflict("oversight.sample-no-finding", "Nothing was found with this device");
        }
        String title = plan.number() + " · " + plan.title();
        CaseView opened = work.open(new OpenCase(
                "AUDIT",
                title.length() > 200 ? title.substring(0, 200) : title,
                sample.finding(),
                sample.custodianId(),
                sample.modelId(),
                false));
        sql.update("update oversight.sample set case_id = ? where id = ?", opened.id(), id);
        return opened;
    }

    private static SampleView read(ResultSet rs) throws SQLException {
        return new SampleView(
                rs.getObject("id", UUID.class),
                rs.getObject("sampling_id", UUID.class),
                rs.getString("device_class"),
                rs.getInt("position"),
                rs.getObject("unit_id", UUID.class),
                rs.getObject("model_id", UUID.class),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("serial"),
                rs.getString("asset_tag"),
                rs.getString("region_code"),
                rs.getString("site"),
                rs.getObject("owner_id", UUID.class),
                rs.getString("owner_zh"),
                rs.getString("owner_en"),
                rs.getObject("custodian_id", UUID.class),
                rs.getString("custodian_zh"),
                rs.getString("custodian_en"),
                rs.getString("result"),
                rs.getString("finding"),
                Sql.instant(rs, "inspected_at"),
                rs.getObject("case_id", UUID.class),
                rs.getString("case_number"));
    }
}
