package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.Organisation;
import org.yiqi.organisation.domain.Review;
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
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** The platform's review of organisations: one person claims and looks, another approves. */
@Stateless
@Secured
@RolesAllowed({Roles.PLATFORM_REVIEWER, Roles.PLATFORM_OPERATOR, Roles.REGULATOR})
public class Reviews {

    private static final Listing<ReviewView> LISTING = Listing.of(
                    "r.*, o.kind org_kind, o.name_zh, o.name_en, c.name claimed_name, d.name decided_name",
                    """
                    organisation.review r join organisation.organisation o on o.id = r.org_id
                      left join organisation.person c on c.id = r.claimed_by
                      left join organisation.person d on d.id = r.decided_by""",
                    "r.id",
                    ReviewView::read)
            .sort("submittedAt", "r.submitted_at", "timestamptz")
            .sort("nameZh", "o.name_zh", "text")
            .sort("nameEn", "o.name_en", "text")
            .sort("status", "r.status", "text")
            .sort("kind", "o.kind", "text")
            .filter("id", "r.id", "uuid")
            .filter("status", "r.status", "text")
            .filter("kind", "r.kind", "text")
            .filter("organisationKind", "o.kind", "text")
            .filter("organisation", "r.org_id", "uuid")
            .search("(o.name_zh || ' ' || o.name_en || ' ' || o.credit_code) ilike '%' || ? || '%'");

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

    @Inject
    Event<OrganisationApproved> approved;

    public Page<ReviewView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    public ReviewView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("organisation.review-not-found", "No such review"));
    }

    @RolesAllowed(Roles.PLATFORM_REVIEWER)
    public ReviewView claim(UUID id) {
        Review review = mine(id);
        review.claim(caller.personId(), clock.instant());
        organisation(review).underReview();
        return done(review, "organisation.review-claimed", null);
    }

    @RolesAllowed(Roles.PLATFORM_REVIEWER)
    public ReviewView requestCorrection(UUID id, String reason) {
        Review review = mine(id);
        review.requestCorrection(reasoned(reason), clock.instant());
        organisation(review).toCorrect(reason);
        return done(review, "organisation.correction-requested", reason);
    }

    /**
     * The second person's approval. Every credential that was handed in counts as verified from now.
     *
     * @throws NotPermitted {@code organisation.second-reviewer-needed} for the person who claimed the review
     */
    @RolesAllowed(Roles.PLATFORM_REVIEWER)
    public ReviewView approve(UUID id) {
        Review review = mine(id);
        Instant now = clock.instant();
        review.approve(caller.personId(), now);
        Organisation organisation = organisation(review);
        requireUndamagedFiles(review.orgId());
        sql.update("""
                update organisation.credential set verified_at = ?, version = version + 1
                 where org_id = ? and verified_at is null and withdrawn_at is null and sha256 is not null""", now, review.orgId());
        organisation.approve();
        ReviewView view = done(review, "organisation.approved", null);
        approved.fire(new OrganisationApproved(review.orgId(), organisation.kind(), caller.personId()));
        return view;
    }

    @RolesAllowed(Roles.PLATFORM_REVIEWER)
    public ReviewView reject(UUID id, String reason) {
        Review review = mine(id);
        review.reject(caller.personId(), reasoned(reason), clock.instant());
        organisation(review).reject(reason);
        return done(review, "organisation.rejected", reason);
    }

    /** A review that the caller may act in: not of an organisation that the caller belongs to. */
    private Review mine(UUID id) {
        Review review = em.find(Review.class, id);
        if (review == null) {
            throw new NotFound("organisation.review-not-found", "No such review");
        }
        boolean belongs = sql.exists(
                "select 1 from organisation.membership where person_id = ? and org_id = ? and ended_at is null",
                caller.personId(),
                review.orgId());
        if (belongs) {
            throw new NotPermitted("organisation.no-self-review", "Nobody reviews the own organisation");
        }
        return review;
    }

    private Organisation organisation(Review review) {
        return em.find(Organisation.class, review.orgId());
    }

    private void requireUndamagedFiles(UUID orgId) {
        boolean damaged = sql.exists("""
                select 1 from organisation.credential c join organisation.document d on d.id = c.document_id
                 where c.org_id = ? and c.verified_at is null and c.withdrawn_at is null
                   and encode(sha256(d.content), 'hex') <> c.sha256""", orgId);
        if (damaged) {
            throw new Conflict("organisation.file-changed", "A stored file is not the one that was handed in");
        }
    }

    private static String reasoned(String reason) {
        if (reason.isBlank()) {
            throw new RuleViolation("organisation.reason-needed", "Say why").at("/reason", "not blank");
        }
        return reason;
    }

    private ReviewView done(Review review, String action, @Nullable String reason) {
        em.flush();
        audit.write(
                action,
                review.id().toString(),
                reason == null
                        ? Map.of("organisation", review.orgId().toString())
                        : Map.of("organisation", review.orgId().toString(), "reason", reason));
        return get(review.id());
    }
}
