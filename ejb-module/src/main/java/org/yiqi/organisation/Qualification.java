package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.Organisation;
import org.yiqi.organisation.domain.Review;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Whether an organisation may do new business, and what it hands in to be allowed to. */
@Stateless
@Secured
public class Qualification {

    /** New business of any kind. */
    public static final String NEW_BUSINESS = "NEW_BUSINESS";
    /** Working with a source of radiation: the user needs the licence for it. */
    public static final String RADIATION = "RADIATION";

    /** Days of business, such as the last one of a licence, are days in China. */
    static final ZoneId BUSINESS_ZONE = ZoneId.of("Asia/Shanghai");

    static final int EXPIRING_DAYS = 30;

    @Inject
    Sql sql;

    @PersistenceContext
    EntityManager em;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Lets pass who may begin something new today. What already runs does not ask: an expired credential freezes new
     * acts only.
     *
     * @param purpose {@link #NEW_BUSINESS}, {@link #RADIATION}, or another that the rules know
     * @throws Conflict {@code organisation.not-qualified}, {@code organisation.suspended},
     *     {@code organisation.credential-expired} or {@code organisation.licence-missing}
     */
    @RolesAllowed("**")
    public void requireActive(UUID orgId, String purpose) {
        String status = status(orgId);
        switch (status) {
            case "APPROVED" -> requireUnexpired(orgId);
            case "EXPIRED" -> throw expired();
            case "SUSPENDED", "REVOKED" ->
                throw new Conflict("organisation.suspended", "The organisation is suspended").with("state", status);
            default ->
                throw new Conflict("organisation.not-qualified", "The organisation is not qualified yet")
                        .with("state", status);
        }
        List<String> missing = sql.list("""
                select p.credential_type from organisation.purpose_rule p
                 where p.purpose = ? and p.valid_from <= ? and (p.valid_to is null or p.valid_to >= ?)
                   and not organisation.has_valid_credential(?, p.credential_type, ?)""", rs -> rs.getString(1), purpose, today(), today(), orgId, today());
        if (!missing.isEmpty()) {
            throw new Conflict("organisation.licence-missing", "A licence for this purpose is missing")
                    .with("licences", missing);
        }
    }

    /** For the organisation itself, reviewers and regulators. */
    @RolesAllowed("**")
    public Standing standing(UUID orgId) {
        Credentials.requireSight(caller, orgId);
        Organisation organisation = em.find(Organisation.class, orgId);
        if (organisation == null) {
            throw new NotFound("organisation.not-found", "No such organisation");
        }
        List<Standing.Requirement> requirements = requirements(organisation);
        LocalDate until = requirements.stream()
                .filter(r -> r.mandatory() && r.verified())
                .map(Standing.Requirement::validTo)
                .filter(Objects::nonNull)
                .min(LocalDate::compareTo)
                .orElse(null);
        boolean expiring = until != null && until.isBefore(today().plusDays(EXPIRING_DAYS + 1L));
        return new Standing(
                orgId,
                organisation.status().name(),
                organisation.statusReason(),
                until,
                expiring,
                requirements,
                lastReview(orgId));
    }

    /**
     * Hands the credentials in: for the first time, again after a correction or a rejection, or to renew.
     *
     * @throws RuleViolation {@code organisation.credentials-missing} while a mandatory one or its file is
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public Standing submit(UUID orgId) {
        Credentials.requireOwn(caller, orgId);
        Organisation organisation = em.find(Organisation.class, orgId);
        List<String> missing = requirements(organisation).stream()
                .filter(Standing.Requirement::missing)
                .map(Standing.Requirement::type)
                .toList();
        if (!missing.isEmpty()) {
            RuleViolation refusal = new RuleViolation(
                    "organisation.credentials-missing", "Mandatory credentials are missing: " + missing);
            missing.forEach(m -> refusal.at("/credentials/" + m, "with a file, valid today"));
            throw refusal;
        }
        boolean renewal = organisation.submit();
        Review open = openReview(orgId);
        if (open == null) {
            Review.Kind kind = renewal ? Review.Kind.RENEWAL : Review.Kind.INITIAL;
            em.persist(Review.submitted(Ids.next(), orgId, kind, caller.personId(), clock.instant()));
        } else {
            open.corrected(clock.instant());
        }
        em.flush();
        audit.write("organisation.submitted", orgId.toString(), Map.of("renewal", renewal));
        return standing(orgId);
    }

    private void requireUnexpired(UUID orgId) {
        if (sql.exists("select 1 where organisation.is_expired(?, ?)", orgId, today())) {
            throw expired();
        }
    }

    private static Conflict expired() {
        return new Conflict("organisation.credential-expired", "A mandatory credential has expired: renew it first");
    }

    private String status(UUID orgId) {
        return sql.first("select status from organisation.organisation where id = ?", rs -> rs.getString(1), orgId)
                .orElseThrow(() -> new NotFound("organisation.not-found", "No such organisation"));
    }

    private List<Standing.Requirement> requirements(Organisation organisation) {
        return sql.list(
                """
                select t.code, t.name_zh, t.name_en, r.mandatory,
                       coalesce(bool_or(c.sha256 is not null and (c.valid_to is null or c.valid_to >= ?)), false) handed_in,
                       coalesce(bool_or(c.verified_at is not null and (c.valid_to is null or c.valid_to >= ?)), false) verified,
                       max(c.valid_to) filter (where c.verified_at is not null) valid_to
                  from organisation.credential_rule r
                  join organisation.credential_type t on t.code = r.credential_type
                  left join organisation.credential c
                    on c.org_id = ? and c.credential_type = r.credential_type and c.withdrawn_at is null
                 where r.kind = ? and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)
                 group by t.code, t.name_zh, t.name_en, r.mandatory
                 order by r.mandatory desc, t.code""",
                rs -> new Standing.Requirement(
                        rs.getString("code"),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getBoolean("mandatory"),
                        rs.getBoolean("handed_in"),
                        rs.getBoolean("verified"),
                        Sql.day(rs, "valid_to")),
                today(),
                today(),
                organisation.id(),
                organisation.kind().name(),
                today(),
                today());
    }

    private Standing.@Nullable ReviewState lastReview(UUID orgId) {
        return sql.first(
                        "select * from organisation.review where org_id = ? order by submitted_at desc, id desc limit 1",
                        rs -> new Standing.ReviewState(
                                rs.getObject("id", UUID.class),
                                rs.getString("kind"),
                                rs.getString("status"),
                                rs.getTimestamp("submitted_at").toInstant(),
                                rs.getString("correction_reason"),
                                Sql.instant(rs, "correction_due"),
                                rs.getString("reason")),
                        orgId)
                .orElse(null);
    }

    private @Nullable Review openReview(UUID orgId) {
        return em.createQuery("select r from Review r where r.orgId = :org and r.status in :open", Review.class)
                .setParameter("org", orgId)
                .setParameter(
                        "open", List.of(Review.Status.SUBMITTED, Review.Status.REVIEWING, Review.Status.CORRECTION))
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), BUSINESS_ZONE);
    }
}
