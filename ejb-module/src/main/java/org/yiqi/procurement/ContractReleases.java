package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.equipment.Category;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Secured;

/**
 * Publishes contracts that both sides have signed: in the process of their tender, or of their plan when they needed none; then their
 * changes, what came of their milestones, what was paid, and their end.
 */
@Stateless
@Secured
public class ContractReleases {

    private static final String STATUS = "status";
    private static final List<String> SUPPLIER = List.of("supplier", "payee");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    Releases releases;

    @Inject
    ItemClasses classes;

    @Inject
    ContractStore store;

    @Inject
    TenderStore tenders;

    @Inject
    PurchasePlanStore plans;

    @Inject
    AwardRows awards;

    /** A purchase without a tender is awarded by its contract. */
    @RolesAllowed("**")
    public void on(@Observes ContractSigned signed) {
        ContractView contract = contract(signed.contract());
        JsonObjectBuilder sections = Json.createObjectBuilder();
        if (contract.tenderId() == null) {
            sections.add(
                    "awards",
                    Json.createArrayBuilder()
                            .add(Json.createObjectBuilder()
                                    .add("id", awardOf(contract))
                                    .add("title", contract.title())
                                    .add(STATUS, "active")
                                    .add("date", String.valueOf(contract.effectiveAt()))
                                    .add("value", TenderReleases.value(contract.original()))
                                    .add(
                                            "suppliers",
                                            Json.createArrayBuilder().add(releases.reference(contract.supplierId())))
                                    .add("items", items(contract))));
        }
        publish(contract, ReleaseTag.CONTRACT, sections, whole(contract));
    }

    @RolesAllowed("**")
    public void on(@Observes ContractAmended amended) {
        ContractView contract = contract(amended.contract());
        String ocid = ocid(contract);
        ContractView.Revision newest = contract.revisions().stream()
                .filter(each -> each.signedAt() != null)
                .reduce((before, after) -> after)
                .orElseThrow();
        publish(
                contract,
                ReleaseTag.CONTRACT_AMENDMENT,
                Json.createObjectBuilder(),
                whole(contract)
                        .add(
                                "amendments",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("id", contract.number() + "-" + newest.number())
                                                .add("date", String.valueOf(newest.signedAt()))
                                                .add("rationale", newest.reason())
                                                .add("amendsReleaseID", releases.newest(ocid))
                                                .add(
                                                        "releaseID",
                                                        releases.next(ocid, ReleaseTag.CONTRACT_AMENDMENT)))));
    }

    /** A draft that nobody signed was never published: nothing to tell. */
    @RolesAllowed("**")
    public void on(@Observes ContractTerminated terminated) {
        ContractView contract = contract(terminated.contract());
        if (contract.effectiveAt() != null) {
            publish(
                    contract,
                    ReleaseTag.CONTRACT_TERMINATION,
                    Json.createObjectBuilder(),
                    brief(contract).add("description", contract.endedReason()));
        }
    }

    @RolesAllowed("**")
    public void on(@Observes ContractMoved moved) {
        ContractView contract = contract(moved.contract());
        JsonArrayBuilder milestones = Json.createArrayBuilder();
        JsonArrayBuilder transactions = Json.createArrayBuilder();
        for (ContractView.Milestone each : contract.milestones()) {
            milestones.add(milestone(contract, each));
            if (each.paid() != null) {
                transactions.add(Json.createObjectBuilder()
                        .add("id", contract.number() + "-" + each.position())
                        .add("date", String.valueOf(each.paidAt()))
                        .add("value", TenderReleases.value(each.paid()))
                        .add("payer", releases.reference(contract.buyerId()))
                        .add("payee", releases.reference(contract.supplierId())));
            }
        }
        JsonObject implementation = Json.createObjectBuilder()
                .add("milestones", milestones)
                .add("transactions", transactions)
                .build();
        boolean first = !sql.exists(
                "select 1 from procurement.ocds_release where ocid = ? and tag = ?",
                ocid(contract),
                ReleaseTag.IMPLEMENTATION.code());
        publish(
                contract,
                first ? ReleaseTag.IMPLEMENTATION : ReleaseTag.IMPLEMENTATION_UPDATE,
                Json.createObjectBuilder(),
                brief(contract).add("implementation", implementation));
    }

    private static JsonObjectBuilder milestone(ContractView contract, ContractView.Milestone milestone) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", contract.number() + "-" + milestone.position())
                .add("title", milestone.kind().name())
                .add("type", milestone.kind() == MilestoneKind.PREPAYMENT ? "payment" : "delivery")
                .add("dueDate", day(milestone.due()))
                .add(STATUS, status(milestone.state()));
        if (!milestone.note().isEmpty()) {
            json.add("description", milestone.note());
        }
        Instant decided = milestone.decidedAt();
        if (milestone.state() == MilestoneState.MET && decided != null) {
            json.add("dateMet", decided.toString());
        }
        Instant said = decided != null ? decided : milestone.reportedAt();
        if (said != null) {
            json.add("dateModified", said.toString());
        }
        return json;
    }

    private static String status(MilestoneState state) {
        return switch (state) {
            case SCHEDULED, REPORTED -> "scheduled";
            case MET -> "met";
            case PARTIALLY_MET -> "partiallyMet";
            case NOT_MET -> "notMet";
        };
    }

    private JsonObjectBuilder whole(ContractView contract) {
        return brief(contract)
                .add("title", contract.title())
                .add(
                        "period",
                        Json.createObjectBuilder()
                                .add("startDate", String.valueOf(contract.effectiveAt()))
                                .add("endDate", day(contract.deliveryBy())))
                .add("value", TenderReleases.value(contract.amount()))
                .add("items", items(contract))
                .add("dateSigned", String.valueOf(contract.effectiveAt()));
    }

    private JsonObjectBuilder brief(ContractView contract) {
        return Json.createObjectBuilder()
                .add("id", contract.number())
                .add("awardID", awardOf(contract))
                .add(STATUS, contract.state() == ContractState.TERMINATED ? "terminated" : "active");
    }

    private JsonArrayBuilder items(ContractView contract) {
        String category = category(contract);
        JsonArrayBuilder items = Json.createArrayBuilder();
        int position = 0;
        for (ContractTerms.Item item : contract.items()) {
            JsonObjectBuilder one = Json.createObjectBuilder()
                    .add("id", contract.number() + "-" + ++position)
                    .add("description", item.description())
                    .add("quantity", item.quantity())
                    .add(
                            "unit",
                            Json.createObjectBuilder()
                                    .add("name", "台")
                                    .add("value", TenderReleases.value(item.unitPrice())));
            if (contract.lot() != null) {
                one.add("relatedLot", contract.lot());
            }
            classes.add(one, category);
            items.add(one);
        }
        return items;
    }

    /** The device class of its lot, or of its plan when there was no tender. */
    private String category(ContractView contract) {
        UUID tender = contract.tenderId();
        if (tender == null) {
            return plan(contract).terms().category();
        }
        return tenders.find(tender).orElseThrow(Tenders::unknown).terms().lots().stream()
                .filter(lot -> lot.code().equals(contract.lot()))
                .map(Lot::category)
                .findFirst()
                .orElse(Category.OTHER);
    }

    private PurchasePlanView plan(ContractView contract) {
        return LedgerWide.on(dataSource, c -> plans.find(contract.planId())).orElseThrow(Contracts::unknown);
    }

    private static String day(LocalDate day) {
        return day.atStartOfDay(BusinessCalendar.CHINA).toInstant().toString();
    }

    private String awardOf(ContractView contract) {
        UUID tender = contract.tenderId();
        return tender == null
                ? contract.number()
                : awards.notices(tender).stream()
                        .filter(each -> each.lot().equals(contract.lot()) && each.state() == NoticeState.AWARDED)
                        .map(each -> each.id().toString())
                        .findFirst()
                        .orElse(contract.number());
    }

    private String ocid(ContractView contract) {
        UUID tender = contract.tenderId();
        return tender == null
                ? Ocid.ofPlan(plan(contract).number())
                : tenders.find(tender).orElseThrow(Tenders::unknown).ocid();
    }

    /** Either side moves a contract; what is published of it is the buyer's. */
    private void publish(
            ContractView contract, ReleaseTag tag, JsonObjectBuilder sections, JsonObjectBuilder published) {
        String ocid = ocid(contract);
        LedgerWide.on(
                dataSource,
                c -> releases.publish(
                        ocid,
                        contract.buyerId(),
                        tag,
                        sections.add("contracts", Json.createArrayBuilder().add(published))
                                .build(),
                        Map.of(contract.supplierId(), SUPPLIER)));
    }

    private ContractView contract(UUID id) {
        return store.find(id).orElseThrow(Contracts::unknown);
    }
}
