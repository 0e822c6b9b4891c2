package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.organisation.Qualification;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.procurement.domain.ComplianceCheck;
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

/**
 * What suppliers offer. A product is drafted, published once it says what its class has to say and names a registration that
 * is in force, changed as long as it is offered, and withdrawn. Members see what is published, a supplier all of its own.
 */
@Stateless
@Secured
public class Catalogue {

    /** How many products stand side by side. */
    public static final int MOST_COMPARED = 4;

    private static final int MOST_LINES = 100;

    private static final Listing<ProductRow> LISTING = Listing.of(
                    "p.*", "procurement.product p", "p.id", ProductRow::read)
            .sort("updatedAt", "p.updated_at", "timestamptz")
            .sort("price", "p.price_minor", "bigint")
            .sort("rating", "p.rating", "numeric")
            .sort("nameZh", "p.name_zh", "text")
            .sort("nameEn", "p.name_en", "text")
            .sort("deliveryDays", "p.delivery_days", "int")
            .defaultSort("-updatedAt")
            .filter("id", "p.id", "uuid")
            .filter("state", "p.state", "text")
            .filter("category", "p.category", "text")
            .filter("deviceClass", "p.device_class", "text")
            .filter("supplier", "p.supplier_id", "uuid")
            .filter("model", "p.model_id", "uuid")
            .filterWhere("maxPrice", "p.price_minor <= 100 * (cast(? as bigint[]))[1]", "bigint")
            .filterWhere("minRating", "p.rating >= (cast(? as int[]))[1]", "int")
            .filterWhere("minWarranty", "p.warranty_months >= (cast(? as int[]))[1]", "int")
            .search("p.words ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    ProductStore store;

    @Inject
    PurchasePlanStore plans;

    @Inject
    Models models;

    @Inject
    Qualification qualification;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("product_once", "procurement.product-known");
    }

    /**
     * Filters: {@code state, category, deviceClass, supplier, model, maxPrice} (whole units of currency), {@code minRating,
     * minWarranty} (months); sorts: {@code updatedAt, price, rating, nameZh, nameEn, deliveryDays}.
     */
    @RolesAllowed("**")
    public Page<ProductRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<ProductRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** How many products there are by each value of a facet, if that facet alone were not narrowed: the most frequent first. */
    @RolesAllowed("**")
    public Map<String, Map<String, Long>> facets(ListQuery query) {
        return sql.with(c -> {
            Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
            counts.put("category", LISTING.counts(c, query, "category", "p.category"));
            counts.put("deviceClass", LISTING.counts(c, query, "deviceClass", "p.device_class"));
            counts.put("supplier", LISTING.counts(c, query, "supplier", "p.supplier_id::text"));
            return counts;
        });
    }

    /** @throws NotFound {@code procurement.product-not-found} */
    @RolesAllowed("**")
    public ProductView get(UUID id) {
        return store.find(id).orElseThrow(() -> new NotFound("procurement.product-not-found", "No such product"));
    }

    /**
     * Products to be put side by side, in the order asked for.
     *
     * @throws RuleViolation {@code procurement.compare-few} unless they are two to four different ones
     */
    @RolesAllowed("**")
    public List<ProductView> compare(List<UUID> ids) {
        boolean fits = ids.size() >= 2 && ids.size() <= MOST_COMPARED && new HashSet<>(ids).size() == ids.size();
        new Limits("procurement.compare-few", "Compare two to four different products")
                .check("/id", fits, "2 to " + MOST_COMPARED + " different ids")
                .refuse();
        List<ProductView> products = new ArrayList<>();
        ids.forEach(id -> products.add(get(id)));
        return products;
    }

    /**
     * @throws RuleViolation {@code procurement.product-invalid}
     * @throws Conflict {@code procurement.product-known} when the supplier offers the model already
     */
    @RolesAllowed(Roles.SUPPLIER)
    public ProductView add(ProductTerms terms) {
        check(terms);
        UUID id = Ids.next();
        store.insert(id, caller.orgId(), caller.personId(), model(terms), terms, clock.instant());
        audit.write("procurement.product-added", id.toString(), Map.of("model", terms.modelId()));
        return get(id);
    }

    /** Changes a product; one that is published has to stay fit to be. Its model stays. */
    @RolesAllowed(Roles.SUPPLIER)
    public ProductView change(UUID id, long seen, ProductTerms terms) {
        check(terms);
        ProductView product = own(id, seen);
        if (product.state() == ProductState.WITHDRAWN) {
            throw new Conflict("procurement.product-withdrawn", "The product is withdrawn");
        }
        new Limits("procurement.product-invalid", "A product stays one of its model")
                .check("/modelId", terms.modelId().equals(product.terms().modelId()), "the model it was added for")
                .refuse();
        if (product.state() == ProductState.PUBLISHED) {
            checkFit(product.category(), terms);
        }
        store.change(id, seen, model(terms), terms, clock.instant());
        audit.write("procurement.product-changed", id.toString(), Map.of("version", seen + 1));
        return get(id);
    }

    /**
     * Lets all members see it.
     *
     * @throws RuleViolation {@code procurement.product-incomplete} naming each parameter that its class asks for and each
     *     paper that is missing or has run out
     */
    @RolesAllowed(Roles.SUPPLIER)
    public ProductView publish(UUID id, long seen) {
        ProductView product = own(id, seen);
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        if (product.state() != ProductState.DRAFT) {
            throw new Conflict("procurement.product-not-draft", "The product was published before");
        }
        checkFit(product.category(), product.terms());
        return moved(id, seen, ProductState.PUBLISHED, "procurement.product-published");
    }

    /** Takes it out of the catalogue; who holds its address still sees what was offered. */
    @RolesAllowed(Roles.SUPPLIER)
    public ProductView withdraw(UUID id, long seen) {
        if (own(id, seen).state() == ProductState.WITHDRAWN) {
            throw new Conflict("procurement.product-withdrawn", "The product is withdrawn");
        }
        return moved(id, seen, ProductState.WITHDRAWN, "procurement.product-withdrawn");
    }

    private ProductView moved(UUID id, long seen, ProductState state, String act) {
        store.move(id, seen, state, clock.instant());
        audit.write(act, id.toString(), Map.of());
        return get(id);
    }

    private ProductView own(UUID id, long seen) {
        ProductView product = get(id);
        if (!product.supplierId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-product", "Only its supplier changes a product");
        }
        StaleVersion.check(seen, product.version());
        return product;
    }

    private ModelView model(ProductTerms terms) {
        try {
            return models.get(terms.modelId());
        } catch (NotFound e) {
            throw new RuleViolation("procurement.product-invalid", "There is no such model", e)
                    .at("/modelId", "a model of the catalogue of models");
        }
    }

    private static void check(ProductTerms terms) {
        Limits limits = new Limits("procurement.product-invalid", "Some values of the product are out of range")
                .optional("/description", terms.description(), 4000)
                .number("/price", terms.price().minor(), 1, 1_000_000_000_000L)
                .number("/warrantyMonths", terms.warrantyMonths(), 0, 240)
                .number("/deliveryDays", terms.deliveryDays(), 0, 720)
                .number("/parameters", terms.parameters().size(), 0, MOST_LINES)
                .number("/certificates", terms.certificates().size(), 0, MOST_LINES)
                .number("/cases", terms.cases().size(), 0, MOST_LINES);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < terms.parameters().size(); i++) {
            Parameter p = terms.parameters().get(i);
            limits.text("/parameters/" + i + "/name", p.name(), 60)
                    .text("/parameters/" + i + "/value", p.value(), 500)
                    .check("/parameters/" + i + "/name", names.add(p.name().strip()), "each name once");
        }
        Set<String> papers = new HashSet<>();
        for (int i = 0; i < terms.certificates().size(); i++) {
            Certificate c = terms.certificates().get(i);
            limits.text("/certificates/" + i + "/number", c.number(), 80)
                    .text("/certificates/" + i + "/issuer", c.issuer(), 120)
                    .check(
                            "/certificates/" + i + "/number",
                            papers.add(c.kind() + c.number().strip()),
                            "each paper once");
        }
        for (int i = 0; i < terms.cases().size(); i++) {
            ClinicalCase c = terms.cases().get(i);
            limits.text("/cases/" + i + "/site", c.site(), 120)
                    .number("/cases/" + i + "/year", c.year(), 1980, 2200)
                    .text("/cases/" + i + "/summary", c.summary(), 2000)
                    .optional("/cases/" + i + "/reference", c.reference(), 300);
        }
        limits.refuse();
    }

    /** What a product must say before others see it: the parameters of its class, and a registration in force. */
    private void checkFit(String category, ProductTerms terms) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), BusinessCalendar.CHINA);
        Limits limits = new Limits("procurement.product-incomplete", "The product does not say yet what it has to");
        for (ComplianceCheck.RequiredParameter required : plans.required(category)) {
            limits.check(
                    "/parameters", required.isIn(terms.parameters()), required.nameZh() + " / " + required.nameEn());
        }
        limits.check(
                "/certificates",
                terms.certificates().stream().anyMatch(c -> c.kind() == Certificate.Kind.REGISTRATION),
                "one of kind REGISTRATION");
        for (int i = 0; i < terms.certificates().size(); i++) {
            LocalDate last = terms.certificates().get(i).validTo();
            limits.check(
                    "/certificates/" + i + "/validTo", last == null || !last.isBefore(today), "not before " + today);
        }
        limits.refuse();
    }
}
