package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
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
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** What those say of a product who have one at work: once each, never of one's own. The supplier answers once. */
@Stateless
@Secured
public class ProductReviews {

    private static final Listing<ReviewView> LISTING = Listing.of(
                    "r.*", "procurement.review r", "r.id", ReviewView::read)
            .sort("writtenAt", "r.written_at", "timestamptz")
            .sort("stars", "r.stars", "int")
            .defaultSort("-writtenAt")
            .filter("product", "r.product_id", "uuid")
            .filter("stars", "r.stars", "int");

    @Inject
    Sql sql;

    @Inject
    Catalogue catalogue;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("review_once", "procurement.reviewed-before");
        DatabaseRefusals.register("review_of_an_owner", "procurement.review-not-owner");
    }

    /** Filters: {@code stars}; sorts: {@code writtenAt, stars}. */
    @RolesAllowed("**")
    public Page<ReviewView> list(UUID product, ListQuery query) {
        catalogue.get(product);
        return sql.with(c -> LISTING.page(c, query.where("product", product.toString())));
    }

    /** Whether the caller's organisation may review a product now. */
    @RolesAllowed("**")
    public boolean mayWrite(UUID product) {
        ProductView seen = catalogue.get(product);
        return seen.state() == ProductState.PUBLISHED
                && owns(seen)
                && !sql.exists(
                        "select 1 from procurement.review where product_id = ? and org_id = ?",
                        product,
                        caller.orgId());
    }

    /**
     * @throws RuleViolation {@code procurement.review-invalid}
     * @throws NotPermitted {@code procurement.review-not-owner} to who has no accepted device of the model
     * @throws Conflict {@code procurement.reviewed-before}, {@code procurement.product-not-published}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public ReviewView write(UUID product, WriteReview review) {
        ProductView seen = catalogue.get(product);
        new Limits("procurement.review-invalid", "Some values of the review are out of range")
                .number("/stars", review.stars(), 1, 5)
                .number("/quality", review.quality(), 1, 5)
                .number("/service", review.service(), 1, 5)
                .text("/text", review.text(), 2000)
                .refuse();
        if (seen.state() != ProductState.PUBLISHED) {
            throw new Conflict("procurement.product-not-published", "The product is not in the catalogue");
        }
        if (!owns(seen)) {
            throw new NotPermitted("procurement.review-not-owner", "Who has such a device at work reviews it");
        }
        UUID id = Ids.next();
        sql.update(
                """
                insert into procurement.review(id, product_id, org_id, stars, quality, service, text, written_by, written_at)
                values (?,?,?,?,?,?,?,?,?)""",
                id,
                product,
                caller.orgId(),
                review.stars(),
                review.quality(),
                review.service(),
                review.text().strip(),
                caller.personId(),
                clock.instant());
        audit.write("procurement.product-reviewed", product.toString(), Map.of("stars", review.stars()));
        return get(id);
    }

    /**
     * The supplier's word on a review.
     *
     * @throws NotFound {@code procurement.review-not-found}
     * @throws Conflict {@code procurement.review-answered}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public ReviewView answer(UUID product, UUID review, long seen, String answer) {
        if (!catalogue.get(product).supplierId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-product", "Its supplier answers");
        }
        ReviewView view = sql.first(
                        "select * from procurement.review where id = ? and product_id = ?",
                        ReviewView::read,
                        review,
                        product)
                .orElseThrow(() -> new NotFound("procurement.review-not-found", "No such review"));
        StaleVersion.check(seen, view.version());
        new Limits("procurement.review-invalid", "Say something")
                .text("/answer", answer, 2000)
                .refuse();
        if (!view.answer().isEmpty()) {
            throw new Conflict("procurement.review-answered", "The review is answered");
        }
        StaleVersion.checkChanged(sql.update(
                "update procurement.review set version = version + 1, answer = ?, answered_at = ? where id = ? and version = ?",
                answer.strip(),
                clock.instant(),
                review,
                seen));
        audit.write("procurement.review-answered", product.toString(), Map.of("review", review));
        return get(review);
    }

    private ReviewView get(UUID id) {
        return sql.first("select * from procurement.review where id = ?", ReviewView::read, id)
                .orElseThrow(() -> new NotFound("procurement.review-not-found", "No such review"));
    }

    private boolean owns(ProductView product) {
        return !product.supplierId().equals(caller.orgId())
                && sql.exists(
                        "select 1 where equipment.has_accepted(?, ?)",
                        caller.orgId(),
                        product.terms().modelId());
    }
}
