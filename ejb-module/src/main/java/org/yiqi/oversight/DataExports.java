package org.yiqi.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.yiqi.oversight.DataExportView.Way;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The gate for personal data that goes abroad. An organisation requests; another of its administrators endorses; a regulator of
 * cyberspace approves; only then may it leave, and each time is written down for good. The way that the law demands follows
 * from how many people's data the recipient has got from the organisation in the year before, and would get.
 */
@Stateless
@Secured
public class DataExports {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final long MOST = 1_000_000_000;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final Listing<DataExportView> LISTING = Listing.of("""
                    e.*, o.name_zh org_zh, o.name_en org_en, r.source, s.sent_ordinary, s.sent_sensitive""", """
                    oversight.data_export e join organisation.organisation o on o.id = e.org_id
                    join oversight.data_export_rule r on r.from_day = e.rule_of
                    cross join lateral (select coalesce(sum(l.ordinary), 0) sent_ordinary, coalesce(sum(l.sensitive), 0) sent_sensitive
                      from oversight.data_export_log l where l.export_id = e.id) s""", "e.id", DataExports::read)
            .countFrom("oversight.data_export e")
            .sort("requestedAt", "e.requested_at", "timestamptz")
            .defaultSort("-requestedAt")
            .filter("id", "e.id", "uuid")
            .filter("state", "e.state", "text")
            .filter("way", "e.way", "text")
            .search("(e.number || ' ' || e.recipient) ilike '%' || ? || '%'");

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
        DatabaseRefusals.register("data_export_two_people", "oversight.export-two-people");
        DatabaseRefusals.register("data_export_approved", "oversight.export-not-approved");
    }

    /** Filters: {@code state, way}; sorts: {@code requestedAt}. Organisations see their own. */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.REGULATOR, Roles.AUDITOR})
    public Page<DataExportView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** @throws NotFound {@code oversight.export-not-found} */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.REGULATOR, Roles.AUDITOR})
    public DataExportView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("oversight.export-not-found", "No such request"));
    }

    /**
     * Requests an export; the answer says which way is demanded. Nothing leaves by this.
     *
     * @throws RuleViolation {@code oversight.export-invalid}
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public DataExportView request(RequestExport wish) {
        Recalls.said("/recipient", wish.recipient(), 200);
        Recalls.said("/purpose", wish.purpose(), 2000);
        Recalls.said("/legalBasis", wish.legalBasis(), 500);
        Recalls.said("/categories", wish.categories(), 1000);
        if (wish.country().equals("CN")
                || !Arrays.asList(Locale.getISOCountries()).contains(wish.country())) {
            throw invalid("Name the recipient's country", "/country", "ISO 3166-1, two letters, not CN");
        }
        counted(wish.ordinary(), wish.sensitive());
        Instant now = clock.instant();
        Count year = year(caller.orgId(), wish.recipient().strip(), wish.country(), now);
        Rule rule = rule(now);
        UUID id = Ids.next();
        sql.update(
                """
                insert into oversight.data_export(id, org_id, recipient, country, purpose, legal_basis, categories, ordinary, sensitive,
                  year_ordinary, year_sensitive, rule_of, way, requested_by, requested_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                caller.orgId(),
                wish.recipient().strip(),
                wish.country(),
                wish.purpose().strip(),
                wish.legalBasis().strip(),
                wish.categories().strip(),
                wish.ordinary(),
                wish.sensitive(),
                year.ordinary,
                year.sensitive,
                rule.from,
                rule.way(year.ordinary + wish.ordinary(), year.sensitive + wish.sensitive())
                        .name(),
                caller.personId(),
                now);
        audit.write("oversight.export-requested", id.toString(), Map.of("country", wish.country()));
        return get(id);
    }

    /**
     * Another administrator of the organisation stands for the request.
     *
     * @throws Conflict {@code oversight.export-state}
     * @throws NotPermitted {@code oversight.export-two-people}
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public DataExportView endorse(UUID id) {
        DataExportView export = get(id);
        if (export.requestedBy().equals(caller.personId())) {
            throw new NotPermitted("oversight.export-two-people", "Somebody else stands for a request");
        }
        changed(sql.update(
                "update oversight.data_export set state = 'ENDORSED', endorsed_by = ?, endorsed_at = ? where id = ? and state = 'REQUESTED' and org_id = ?",
                caller.personId(),
                clock.instant(),
                id,
                caller.orgId()));
        audit.write("oversight.export-endorsed", id.toString(), Map.of());
        return get(id);
    }

    /**
     * A regulator of cyberspace approves or refuses what the organisation stands for.
     *
     * @param decision the number under which the contract is filed or assessed, or why it is refused
     * @throws Conflict {@code oversight.export-state}
     * @throws NotPermitted {@code oversight.export-remit}
     */
    @RolesAllowed(Roles.REGULATOR)
    public DataExportView decide(UUID id, boolean approve, String decision) {
        DataExportView export = get(id);
        if (!sql.exists(
                "select 1 from organisation.organisation where id = ? and remit = 'CYBERSPACE'", caller.orgId())) {
            throw new NotPermitted("oversight.export-remit", "A regulator of cyberspace decides");
        }
        if (!approve || export.way() != Way.EXEMPT) {
            Recalls.said("/decision", decision, 2000);
        }
        if (decision.length() > 2000) {
            throw invalid("A decision is short", "/decision", "at most 2000 characters");
        }
        changed(sql.update(
                "update oversight.data_export set state = ?, decided_by = ?, decided_at = ?, decision = ? where id = ? and state = 'ENDORSED'",
                approve ? "APPROVED" : "REFUSED",
                caller.personId(),
                clock.instant(),
                decision.strip(),
                id));
        audit.write("oversight.export-decided", id.toString(), Map.of("approved", approve));
        return get(id);
    }

    /**
     * The gate: writes down that so many people's data leave now. Whoever sends personal data abroad calls this first, in the same
     * transaction.
     *
     * @param sha256 of the file that leaves
     * @throws Conflict {@code oversight.export-not-approved}, also beyond what was approved, and when by now a stricter way is
     *     demanded
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public DataExportView send(UUID id, long ordinary, long sensitive, String sha256) {
        DataExportView export = get(id);
        counted(ordinary, sensitive);
        if (!DIGEST.matcher(sha256).matches()) {
            throw invalid("Name the file that leaves by its digest", "/sha256", "64 hexadecimal digits");
        }
        // Two that leave at once are counted one after the other.
        sql.first(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                rs -> true,
                export.orgId() + export.recipient().toLowerCase(Locale.ROOT) + export.country());
        Instant now = clock.instant();
        Count year = year(export.orgId(), export.recipient(), export.country(), now);
        Way demanded = rule(now).way(year.ordinary + ordinary, year.sensitive + sensitive);
        if (!export.state().equals("APPROVED") || demanded.compareTo(export.way()) > 0) {
            throw new Conflict("oversight.export-not-approved", "Nothing leaves but what is approved");
        }
        sql.update("""
                insert into oversight.data_export_log(id, export_id, org_id, ordinary, sensitive, sha256, sent_by, sent_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", Ids.next(), id, caller.orgId(), ordinary, sensitive, sha256, caller.personId(), now);
        audit.write("oversight.export-sent", id.toString(), Map.of("ordinary", ordinary, "sensitive", sensitive));
        return get(id);
    }

    private record Count(long ordinary, long sensitive) {}

    /** What has left for a recipient in the year before. */
    private Count year(UUID org, String recipient, String country, Instant now) {
        return sql.first(
                        """
                        select coalesce(sum(l.ordinary), 0), coalesce(sum(l.sensitive), 0) from oversight.data_export_log l
                        join oversight.data_export e on e.id = l.export_id
                        where e.org_id = ? and lower(e.recipient) = lower(?) and e.country = ? and l.sent_at > ?""",
                        rs -> new Count(rs.getLong(1), rs.getLong(2)),
                        org,
                        recipient,
                        country,
                        now.atZone(CHINA).minusYears(1).toInstant())
                .orElseThrow();
    }

    private record Rule(
            LocalDate from,
            long ordinaryContract,
            long ordinaryAssessment,
            long sensitiveContract,
            long sensitiveAssessment) {

        Way way(long ordinary, long sensitive) {
            if (ordinary >= ordinaryAssessment || sensitive >= sensitiveAssessment) {
                return Way.ASSESSMENT;
            }
            return ordinary >= ordinaryContract || sensitive >= sensitiveContract ? Way.CONTRACT : Way.EXEMPT;
        }
    }

    private Rule rule(Instant now) {
        return sql.first(
                        "select * from oversight.data_export_rule where from_day <= ? order by from_day desc limit 1",
                        rs -> new Rule(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getLong("ordinary_contract"),
                                rs.getLong("ordinary_assessment"),
                                rs.getLong("sensitive_contract"),
                                rs.getLong("sensitive_assessment")),
                        LocalDate.ofInstant(now, CHINA))
                .orElseThrow();
    }

    private static void counted(long ordinary, long sensitive) {
        if (ordinary < 0 || sensitive < 0 || ordinary > MOST || sensitive > MOST || ordinary + sensitive == 0) {
            throw invalid("Say how many people's data", "/ordinary", "at least one, at most " + MOST);
        }
    }

    private static RuleViolation invalid(String message, String pointer, String rule) {
        return new RuleViolation("oversight.export-invalid", message).at(pointer, rule);
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw new Conflict("oversight.export-state", "The request is not at this step");
        }
    }

    private static DataExportView read(ResultSet rs) throws SQLException {
        return new DataExportView(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                rs.getString("org_zh"),
                rs.getString("org_en"),
                rs.getString("recipient"),
                rs.getString("country"),
                rs.getString("purpose"),
                rs.getString("legal_basis"),
                rs.getString("categories"),
                rs.getLong("ordinary"),
                rs.getLong("sensitive"),
                rs.getLong("year_ordinary"),
                rs.getLong("year_sensitive"),
                rs.getObject("rule_of", LocalDate.class),
                rs.getString("source"),
                Way.valueOf(rs.getString("way")),
                rs.getString("state"),
                rs.getObject("requested_by", UUID.class),
                rs.getTimestamp("requested_at").toInstant(),
                Sql.instant(rs, "endorsed_at"),
                Sql.instant(rs, "decided_at"),
                rs.getString("decision"),
                rs.getLong("sent_ordinary"),
                rs.getLong("sent_sensitive"));
    }
}
