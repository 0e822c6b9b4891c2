package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.equipment.DescribeModel;
import org.yiqi.equipment.Models;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class CatalogueIT {

    private final TestDatabase db = TestDatabase.get();
    private final TestServices services = new TestServices(db);
    private final YiqiPrincipal seller = person(organisation("SUPPLIER"), Roles.SUPPLIER);
    private final YiqiPrincipal buyer = person(organisation("HOSPITAL"), Roles.EQUIPMENT);
    private final String maker = "Maker " + Ids.next();

    CatalogueIT() {
        services.get(Catalogue.class).nameConstraints();
        services.get(ProductReviews.class).nameConstraints();
    }

    @Test
    void aProductIsSeenByOthersFromItsPublicationOn() {
        ProductView draft = draft(model("VENTILATOR"));
        assertThrows(NotFound.class, () -> services.as(buyer, () -> catalogue().get(draft.id())));
        publish(draft);
        assertEquals(
                ProductState.PUBLISHED,
                services.as(buyer, () -> catalogue().get(draft.id())).state());
    }

    @Test
    void aProductThatDoesNotSayWhatItsClassAsksForIsNotPublishedAndTheAnswerNamesEachLack() {
        ProductTerms bare =
                new ProductTerms(model("VENTILATOR"), "", Money.cny("98000"), 24, 30, List.of(), List.of(), List.of());
        ProductView draft = services.as(seller, () -> catalogue().add(bare));
        RuleViolation refused = assertThrows(RuleViolation.class, () -> publish(draft));
        assertEquals("procurement.product-incomplete", refused.code());
        assertEquals(
                List.of("/parameters", "/parameters", "/certificates"),
                refused.errors().stream().map(e -> e.pointer()).toList());
    }

    @Test
    void aPaperThatHasRunOutKeepsAProductOutOfTheCatalogue() {
        ProductTerms t = terms(model("VENTILATOR"));
        Certificate old =
                new Certificate(Certificate.Kind.REGISTRATION, "20153080001", "NMPA", LocalDate.parse("2020-01-01"));
        ProductTerms stale =
                new ProductTerms(t.modelId(), "", t.price(), 12, 10, t.parameters(), List.of(old), List.of());
        ProductView draft = services.as(seller, () -> catalogue().add(stale));
        RuleViolation refused = assertThrows(RuleViolation.class, () -> publish(draft));
        assertEquals("/certificates/0/validTo", refused.errors().get(0).pointer());
    }

    @Test
    void aSupplierOffersAModelOnceUntilItWithdrawsIt() {
        UUID model = model("VENTILATOR");
        ProductView first = draft(model);
        IllegalStateException again = assertThrows(IllegalStateException.class, () -> draft(model));
        BusinessException refusal = DatabaseRefusals.in(again);
        assertEquals("procurement.product-known", refusal == null ? null : refusal.code());
        services.as(seller, () -> catalogue().withdraw(first.id(), first.version()));
        draft(model);
    }

    @Test
    void nobodyChangesTheProductOfAnother() {
        ProductView product = publish(draft(model("VENTILATOR")));
        YiqiPrincipal rival = person(organisation("SUPPLIER"), Roles.SUPPLIER);
        NotPermitted refused = assertThrows(
                NotPermitted.class,
                () -> services.as(rival, () -> catalogue().withdraw(product.id(), product.version())));
        assertEquals("procurement.not-your-product", refused.code());
        int written = services.as(rival, () -> services.get(Sql.class)
                .update("update procurement.product set price_minor = 1 where id = ?", product.id()));
        assertEquals(0, written);
    }

    @Test
    void aSearchFindsWhatASpecificationSaysAndItsFacetsCountWhatElseThereIs() {
        publish(draft(model("VENTILATOR")));
        publish(draft(model("VENTILATOR")));
        publish(draft(model("INCUBATOR")));
        ListQuery query =
                new ListQuery(50, 0, null, List.of("price"), maker, Map.of("category", List.of("VENTILATOR")));
        assertEquals(2, services.as(buyer, () -> catalogue().list(query)).total());
        Map<String, Long> classes =
                services.as(buyer, () -> catalogue().facets(query)).getOrDefault("category", Map.of());
        assertEquals(Map.of("VENTILATOR", 2L, "INCUBATOR", 1L), classes);
        ListQuery cheap = query.where("maxPrice", "97999");
        assertEquals(0, services.as(buyer, () -> catalogue().list(cheap)).total());
    }

    @Test
    void onlyWhoHasSuchADeviceAtWorkReviewsItAndOnlyOnce() {
        UUID model = model("VENTILATOR");
        ProductView product = publish(draft(model));
        WriteReview review = new WriteReview(4, 5, 3, "Quiet and easy to clean");
        assertFalse(services.as(buyer, () -> reviews().mayWrite(product.id())));
        NotPermitted early = assertThrows(
                NotPermitted.class, () -> services.as(buyer, () -> reviews().write(product.id(), review)));
        assertEquals("procurement.review-not-owner", early.code());

        own(buyer.orgId(), model, "REGISTERED");
        assertFalse(services.as(buyer, () -> reviews().mayWrite(product.id())));
        own(buyer.orgId(), model, "AVAILABLE");
        assertTrue(services.as(buyer, () -> reviews().mayWrite(product.id())));
        services.as(buyer, () -> reviews().write(product.id(), review));

        ProductView rated = services.as(buyer, () -> catalogue().get(product.id()));
        assertEquals(1, rated.reviews());
        assertEquals(0, rated.rating().compareTo(new BigDecimal(4)));
        IllegalStateException twice = assertThrows(
                IllegalStateException.class,
                () -> services.as(buyer, () -> reviews().write(product.id(), review)));
        BusinessException refusal = DatabaseRefusals.in(twice);
        assertEquals("procurement.reviewed-before", refusal == null ? null : refusal.code());
    }

    @Test
    void aReviewStaysAsWrittenAndItsSupplierAnswersOnce() {
        UUID model = model("VENTILATOR");
        ProductView product = publish(draft(model));
        own(buyer.orgId(), model, "AVAILABLE");
        ReviewView review =
                services.as(buyer, () -> reviews().write(product.id(), new WriteReview(2, 2, 2, "The pump leaks")));
        assertThrows(
                NotPermitted.class,
                () -> services.as(person(organisation("SUPPLIER"), Roles.SUPPLIER), () -> reviews()
                        .answer(product.id(), review.id(), review.version(), "Lies")));
        ReviewView answered = services.as(
                seller, () -> reviews().answer(product.id(), review.id(), review.version(), "We sent a new seal"));
        assertEquals("We sent a new seal", answered.answer());
        assertThrows(
                Conflict.class,
                () -> services.as(
                        seller, () -> reviews().answer(product.id(), review.id(), answered.version(), "And another")));
        IllegalStateException nicer = assertThrows(
                IllegalStateException.class,
                () -> services.as(seller, () -> services.get(Sql.class)
                        .update("update procurement.review set stars = 5 where id = ?", review.id())));
        assertTrue(String.valueOf(nicer.getCause()).contains("stays as it was written"));
    }

    @Test
    void twoToFourDifferentProductsAreComparedInTheOrderAskedFor() {
        ProductView a = publish(draft(model("VENTILATOR")));
        ProductView b = publish(draft(model("VENTILATOR")));
        assertEquals(
                List.of(b.id(), a.id()),
                services.as(buyer, () -> catalogue().compare(List.of(b.id(), a.id()))).stream()
                        .map(ProductView::id)
                        .toList());
        for (List<UUID> wrong : List.of(List.of(a.id()), List.of(a.id(), a.id()))) {
            assertThrows(
                    RuleViolation.class,
                    () -> services.as(buyer, () -> catalogue().compare(wrong)));
        }
    }

    private ProductView draft(UUID model) {
        return services.as(seller, () -> catalogue().add(terms(model)));
    }

    private ProductView publish(ProductView draft) {
        return services.as(seller, () -> catalogue().publish(draft.id(), draft.version()));
    }

    private ProductTerms terms(UUID model) {
        return new ProductTerms(
                model,
                "Adults and children",
                Money.cny("98000"),
                36,
                30,
                List.of(new Parameter("质保期", "3 年"), new Parameter("Ventilation modes", "VCV, PCV")),
                List.of(new Certificate(Certificate.Kind.REGISTRATION, "20233080123", "NMPA", null)),
                List.of(new ClinicalCase("Donghu hospital", 2025, "Two winters without a stop", "")));
    }

    private UUID model(String category) {
        return services.as(seller, () -> services.get(Models.class)
                .add(new DescribeModel(
                        null,
                        null,
                        "呼吸机",
                        "Ventilator",
                        maker,
                        "V-" + Ids.next(),
                        null,
                        category,
                        "III",
                        null,
                        null,
                        null,
                        null,
                        8))
                .id());
    }

    private void own(UUID org, UUID model, String status) {
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement("""
                        insert into equipment.unit(id, model_id, owner_id, custodian_id, asset_tag, label_code, status, created_at, updated_at)
                        values (?,?,?,?,?,?,?, now(), now())""")) {
            UUID id = Ids.next();
            s.setObject(1, id);
            s.setObject(2, model);
            s.setObject(3, org);
            s.setObject(4, org);
            s.setString(5, "T-" + id);
            s.setString(6, id.toString().replace("-", "").substring(20));
            s.setString(7, status);
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Catalogue catalogue() {
        return services.get(Catalogue.class);
    }

    private ProductReviews reviews() {
        return services.get(ProductReviews.class);
    }

    private UUID organisation(String kind) {
        try {
            return db.organisation(kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static YiqiPrincipal person(UUID org, String... roles) {
        return new YiqiPrincipal("tester", Ids.next(), org, Scope.MEMBER, Set.of(roles));
    }
}
