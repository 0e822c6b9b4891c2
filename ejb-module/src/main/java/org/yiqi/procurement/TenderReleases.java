package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/** Publishes what happens to plans and tenders, each change as one release, in the transaction of the change. */
@Stateless
@Secured
public class TenderReleases {

    private static final String STATUS = "status";
    private static final String TITLE = "title";
    private static final String DESCRIPTION = "description";

    @Inject
    Releases releases;

    @Inject
    ReleaseStore rows;

    @Inject
    ItemClasses classes;

    @Inject
    Sql sql;

    @Inject
    TenderStore store;

    @Inject
    PurchasePlanStore plans;

    @Inject
    Questions questions;

    @Inject
    @ConfigProperty(name = "yiqi.public-url")
    String publicUrl;

    @RolesAllowed("**")
    public void on(@Observes PlanApproved approved) {
        PurchasePlanView plan = plan(approved.plan());
        PlanTerms terms = plan.terms();
        JsonObject sections = Json.createObjectBuilder()
                .add(
                        "planning",
                        Json.createObjectBuilder()
                                .add(
                                        "budget",
                                        Json.createObjectBuilder()
                                                .add("id", terms.budgetLine())
                                                .add(DESCRIPTION, terms.title())
                                                .add("amount", value(terms.budget())))
                                .add("rationale", terms.specification()))
                .add(
                        "tender",
                        Json.createObjectBuilder()
                                .add("id", plan.number())
                                .add(TITLE, terms.title())
                                .add(STATUS, "planned")
                                .add("mainProcurementCategory", "goods")
                                .add("procurementMethod", "open")
                                .add("value", value(terms.total())))
                .build();
        releases.publish(Ocid.ofPlan(plan.number()), plan.organisationId(), ReleaseTag.PLANNING, sections, Map.of());
    }

    @RolesAllowed("**")
    public void on(@Observes TenderPublished published) {
        TenderView tender = tender(published.tender());
        JsonObjectBuilder sections = Json.createObjectBuilder().add("tender", whole(tender));
        String planning = Ocid.planning(tender.ocid());
        if (!planning.equals(tender.ocid())) {
            sections.add(
                    "relatedProcesses",
                    Json.createArrayBuilder()
                            .add(Json.createObjectBuilder()
                                    .add("id", "1")
                                    .add(
                                            "relationship",
                                            Json.createArrayBuilder()
                                                    .add("planning")
                                                    .add("unsuccessfulProcess"))
                                    .add("scheme", "ocid")
                                    .add("identifier", planning)));
        }
        publish(tender, ReleaseTag.TENDER, sections.build());
    }

    @RolesAllowed("**")
    public void on(@Observes TenderAmended amended) {
        TenderView tender = tender(amended.tender());
        List<AmendmentView> all = store.amendments(tender.id()).stream()
                .filter(a -> a.signedAt() != null)
                .toList();
        AmendmentView newest = all.get(all.size() - 1);
        JsonObjectBuilder amendment = Json.createObjectBuilder()
                .add("id", Integer.toString(newest.number()))
                .add("date", String.valueOf(newest.signedAt()))
                .add(DESCRIPTION, newest.text())
                .add("amendsReleaseID", releases.newest(tender.ocid()))
                .add("releaseID", releases.next(tender.ocid(), ReleaseTag.TENDER_AMENDMENT));
        publish(
                tender,
                ReleaseTag.TENDER_AMENDMENT,
                section(whole(tender)
                        .add("amendments", Json.createArrayBuilder().add(amendment))));
    }

    @RolesAllowed("**")
    public void on(@Observes QuestionAnswered answered) {
        TenderView tender = tender(answered.tender());
        QuestionView question = questions.of(tender.id()).stream()
                .filter(q -> q.id().equals(answered.question()))
                .findFirst()
                .orElseThrow();
        JsonObjectBuilder enquiry = Json.createObjectBuilder()
                .add("id", question.id().toString())
                .add("date", question.askedAt().toString())
                .add(DESCRIPTION, question.text())
                .add("answer", question.answer())
                .add("dateAnswered", String.valueOf(question.answeredAt()));
        if (question.lot() != null) {
            enquiry.add("relatedLot", question.lot());
        }
        publish(
                tender,
                ReleaseTag.TENDER_UPDATE,
                section(brief(tender)
                        .add("hasEnquiries", true)
                        .add("enquiries", Json.createArrayBuilder().add(enquiry))));
    }

    @RolesAllowed("**")
    public void on(@Observes TenderSealed sealed) {
        TenderView tender = tender(sealed.tender());
        publish(
                tender,
                ReleaseTag.TENDER_UPDATE,
                section(brief(tender)
                        .add(
                                "tenderPeriod",
                                Json.createObjectBuilder()
                                        .add(
                                                "endDate",
                                                tender.terms().deadline().toString()))));
    }

    /** A draft that is given up was never published: nothing to tell. */
    @RolesAllowed("**")
    public void on(@Observes TenderEnded ended) {
        TenderView tender = tender(ended.tender());
        if (tender.publishedAt() == null) {
            return;
        }
        JsonArrayBuilder lots = Json.createArrayBuilder();
        tender.terms()
                .lots()
                .forEach(lot -> lots.add(
                        Json.createObjectBuilder().add("id", lot.code()).add(STATUS, status(tender))));
        JsonObjectBuilder why = Json.createObjectBuilder()
                .add("id", "end")
                .add("date", String.valueOf(tender.endedAt()))
                .add("rationale", tender.endedReason())
                .add(DESCRIPTION, tender.endedNote());
        publish(
                tender,
                ReleaseTag.TENDER_CANCELLATION,
                section(brief(tender)
                        .add("lots", lots)
                        .add("amendments", Json.createArrayBuilder().add(why))));
    }

    /** Approved plans of which nothing is published, at most 100. */
    @RolesAllowed("**")
    public List<UUID> plansBehind() {
        return sql.list("""
                select p.id from procurement.plan p where p.state = 'APPROVED'
                   and not exists (select 1 from procurement.ocds_release r where r.ocid = ? || p.number) limit 100""", rs -> rs.getObject(1, UUID.class), Ocid.PREFIX);
    }

    /** Published tenders whose notice is not among the releases, at most 100. */
    @RolesAllowed("**")
    public List<UUID> tendersBehind() {
        return sql.list("""
                select x.id from procurement.tender x where x.published_at is not null and not exists
                  (select 1 from procurement.ocds_release r where r.ocid = x.ocid and r.tag = 'tender') limit 100""", rs -> rs.getObject(1, UUID.class));
    }

    /** Publishes an approved plan, unless somebody was faster. */
    @RolesAllowed("**")
    public void catchUpPlan(UUID id) {
        rows.lock();
        if (releases.newest(Ocid.ofPlan(plan(id).number())).isEmpty()) {
            on(new PlanApproved(id));
        }
    }

    /** Publishes what happened to a tender so far, unless somebody was faster. */
    @RolesAllowed("**")
    public void catchUpTender(UUID id) {
        rows.lock();
        if (!tendersBehind().contains(id)) {
            return;
        }
        TenderView tender = tender(id);
        on(new TenderPublished(id));
        questions.of(id).stream()
                .filter(q -> q.answeredAt() != null)
                .forEach(q -> on(new QuestionAnswered(id, q.id())));
        if (store.amendments(id).stream().anyMatch(a -> a.signedAt() != null)) {
            on(new TenderAmended(id));
        }
        if (tender.endedAt() != null) {
            on(new TenderEnded(id));
        }
    }

    private PurchasePlanView plan(UUID id) {
        return plans.find(id).orElseThrow(() -> new NotFound("procurement.plan-not-found", "No such plan"));
    }

    private TenderView tender(UUID id) {
        return store.find(id).orElseThrow(Tenders::unknown);
    }

    private void publish(TenderView tender, ReleaseTag tag, JsonObject sections) {
        releases.publish(tender.ocid(), tender.buyerId(), tag, sections, Map.of());
    }

    private static JsonObject section(JsonObjectBuilder tender) {
        return Json.createObjectBuilder().add("tender", tender).build();
    }

    /** How later releases of its process refer to a tender. */
    static JsonObjectBuilder brief(TenderView tender) {
        return Json.createObjectBuilder().add("id", tender.id().toString()).add(STATUS, status(tender));
    }

    private static String status(TenderView tender) {
        return switch (tender.state()) {
            case DRAFT, SIGNING -> "planned";
            case FAILED -> "unsuccessful";
            case CANCELLED -> "cancelled";
            case AWARDED, CONTRACTED -> "complete";
            default -> "active";
        };
    }

    private JsonObjectBuilder whole(TenderView tender) {
        TenderTerms terms = tender.terms();
        JsonObjectBuilder json = brief(tender)
                .add(TITLE, terms.title())
                .add(DESCRIPTION, terms.description())
                .add("procuringEntity", releases.reference(tender.buyerId()))
                .add("mainProcurementCategory", "goods")
                .add("procurementMethod", "open")
                .add("procurementMethodDetails", "公开招标")
                .add("awardCriteria", awardCriteria(terms))
                .add(
                        "awardCriteriaDetails",
                        terms.criteria().stream()
                                .map(c -> c.title() + " " + c.weight() + "%")
                                .collect(Collectors.joining("；")))
                .add("submissionMethod", Json.createArrayBuilder().add("electronicSubmission"))
                .add("value", value(ceiling(tender)))
                .add("tenderPeriod", period(tender, terms.deadline().toString()))
                .add("enquiryPeriod", period(tender, terms.enquiryUntil().toString()));
        String eligibility = terms.requirements().stream()
                .filter(Requirement::mandatory)
                .map(r -> (r.lot() == null ? "" : r.lot() + ": ") + r.text())
                .collect(Collectors.joining("\n"));
        if (!eligibility.isEmpty()) {
            json.add("eligibilityCriteria", eligibility);
        }
        addLots(json, tender);
        addDocuments(json, tender);
        return json;
    }

    private static String awardCriteria(TenderTerms terms) {
        if (terms.criteria().stream().anyMatch(c -> c.kind() == Criterion.Kind.QUALITY)) {
            return "ratedCriteria";
        }
        return terms.criteria().stream().anyMatch(c -> c.kind() == Criterion.Kind.LIFE_CYCLE_COST)
                ? "costOnly"
                : "priceOnly";
    }

    private void addLots(JsonObjectBuilder json, TenderView tender) {
        JsonArrayBuilder lots = Json.createArrayBuilder();
        JsonArrayBuilder items = Json.createArrayBuilder();
        for (Lot lot : tender.terms().lots()) {
            lots.add(Json.createObjectBuilder()
                    .add("id", lot.code())
                    .add(TITLE, lot.title())
                    .add(STATUS, status(tender))
                    .add("value", value(lot.ceiling())));
            JsonObjectBuilder item = Json.createObjectBuilder()
                    .add("id", lot.code())
                    .add(DESCRIPTION, lot.title())
                    .add("quantity", lot.quantity())
                    .add("unit", Json.createObjectBuilder().add("name", "台"))
                    .add("relatedLot", lot.code());
            classes.add(item, lot.category());
            items.add(item);
        }
        json.add("lots", lots).add("items", items);
    }

    private void addDocuments(JsonObjectBuilder json, TenderView tender) {
        JsonArrayBuilder documents = Json.createArrayBuilder();
        List<TenderDocument> files = store.documents(tender.id());
        String base = publicUrl.replaceAll("/+$", "") + "/api/v1/tenders/" + tender.id() + "/documents/";
        for (TenderDocument file : files) {
            documents.add(Json.createObjectBuilder()
                    .add("id", file.id().toString())
                    .add("documentType", "biddingDocuments")
                    .add(TITLE, file.name())
                    .add(DESCRIPTION, "SHA-256 " + file.sha256())
                    .add("url", base + file.id())
                    .add("datePublished", String.valueOf(tender.publishedAt()))
                    .add("format", file.mediaType()));
        }
        if (!files.isEmpty()) {
            json.add("documents", documents);
        }
    }

    private static JsonObjectBuilder period(TenderView tender, String end) {
        return Json.createObjectBuilder()
                .add("startDate", String.valueOf(tender.publishedAt()))
                .add("endDate", end);
    }

    private static Money ceiling(TenderView tender) {
        return tender.terms().lots().stream()
                .map(Lot::ceiling)
                .reduce(Money::plus)
                .orElse(Money.zero(tender.currency()));
    }

    static JsonObjectBuilder value(Money money) {
        return Json.createObjectBuilder().add("amount", money.amount()).add("currency", money.currency());
    }
}
