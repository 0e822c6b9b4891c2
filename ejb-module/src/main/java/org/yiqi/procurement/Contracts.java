package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.domain.BusinessCalendar;
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
 * Contracts: drafted by the buyer from an approved plan or the award of a lot and the clause library, offered to the supplier, read by the two sides
 * and the regulator. {@link ContractSigning} and {@link ContractMilestones} move them on.
 */
@Stateless
@Secured
public class Contracts {

    private static final Listing<ContractRow> LISTING = Listing.of(
                    "x.*", "procurement.contract x", "x.id", ContractRow::read)
            .sort("madeAt", "x.made_at", "timestamptz")
            .sort("deliveryBy", "x.delivery_by", "date")
            .sort("title", "x.title", "text")
            .sort("number", "x.number", "text")
            .sort("amount", "x.amount_minor", "bigint")
            .defaultSort("-madeAt")
            .filter("id", "x.id", "uuid")
            .filter("state", "x.state", "text")
            .filter("buyer", "x.org_id", "uuid")
            .filter("supplier", "x.supplier_id", "uuid")
            .filter("plan", "x.plan_id", "uuid")
            .filter("tender", "x.tender_id", "uuid")
            .search("(x.number || ' ' || x.title) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    ContractStore store;

    @Inject
    ContractGuard guard;

    @Inject
    PurchasePlanStore plans;

    @Inject
    Tenders tenders;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("contract_of_plan", "procurement.plan-contracted");
        DatabaseRefusals.register("contract_of_lot", "procurement.lot-contracted");
        DatabaseRefusals.register("contract_as_awarded", "procurement.not-as-awarded");
        DatabaseRefusals.register("contract_needs_award", "procurement.plan-tendered");
        DatabaseRefusals.register("contract_within_limit", "procurement.amendment-limit");
        DatabaseRefusals.register("revision_one_open", "procurement.contract-waiting");
        DatabaseRefusals.register("milestone_paid_once", "procurement.milestone-paid");
        DatabaseRefusals.register("milestone_met_before_paid", "procurement.milestone-not-met");
    }

    /**
     * Contracts of the caller's organisation, on either side. Filters: {@code state, buyer, supplier, plan, tender}; sorts: {@code
     * madeAt, deliveryBy, title, number, amount}.
     */
    @RolesAllowed("**")
    public Page<ContractRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<ContractRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code procurement.contract-not-found} */
    @RolesAllowed("**")
    public ContractView get(UUID id) {
        return store.find(id).orElseThrow(Contracts::unknown);
    }

    /** The clause library as it holds today. */
    @RolesAllowed("**")
    public List<ContractClause> library() {
        return store.library(guard.today());
    }

    static NotFound unknown() {
        return new NotFound("procurement.contract-not-found", "No such contract");
    }

    /**
     * Drafts a contract for a purchase that the law lets a hospital make without a tender.
     *
     * @throws RuleViolation {@code procurement.contract-invalid}, {@code procurement.plan-unknown}
     * @throws Conflict {@code procurement.plan-not-approved}, {@code procurement.tender-needed},
     *     {@code procurement.plan-tendered}, {@code procurement.plan-contracted}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public ContractView create(ContractTerms terms) {
        PurchasePlanView plan = plan(terms);
        ContractStore.Rules rules = store.rules(guard.today());
        List<ContractClause> clauses = check(terms, plan);
        if (terms.total().minor() >= rules.directMinor()) {
            throw new Conflict("procurement.tender-needed", "A purchase of this value needs a tender");
        }
        if (sql.exists(
                "select 1 from procurement.tender where plan_id = ? and state not in ('FAILED', 'CANCELLED')",
                terms.planId())) {
            throw new Conflict("procurement.plan-tendered", "The plan is out to tender");
        }
        UUID id = insert(terms, rules, guard.today().plusDays(rules.signDays()), null, null);
        store.parts(id, terms, clauses);
        audit.write("procurement.contract-drafted", id.toString(), Map.of("plan", terms.planId()));
        return get(id);
    }

    /**
     * Drafts the contract that an award is for. Parties, goods and price are those of the award.
     *
     * @throws NotFound {@code procurement.award-not-found} before the award is final
     * @throws NotPermitted {@code procurement.not-your-tender}
     * @throws RuleViolation {@code procurement.contract-invalid}
     * @throws Conflict {@code procurement.lot-contracted}, {@code procurement.sign-late}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public ContractView follow(UUID tenderId, String lot, AwardedTerms wanted) {
        ContractStore.Award award = ownAward(tenderId, lot);
        ContractTerms terms = wanted.of(award);
        ContractStore.Rules rules = store.rules(guard.today());
        LocalDate signBy =
                LocalDate.ofInstant(award.at(), BusinessCalendar.CHINA).plusDays(rules.signDays());
        if (guard.today().isAfter(signBy)) {
            throw new Conflict("procurement.sign-late", "The days that the law gives for signing are over");
        }
        List<ContractClause> clauses = check(terms, plan(terms));
        UUID id = insert(terms, rules, signBy, tenderId, lot);
        store.parts(id, terms, clauses);
        audit.write("procurement.contract-drafted", id.toString(), Map.of("tender", tenderId, "lot", lot));
        return get(id);
    }

    /**
     * What a final award binds both sides to, for whoever drafts its contract; what the buyer adds is still missing.
     *
     * @throws NotFound {@code procurement.award-not-found}
     * @throws NotPermitted {@code procurement.not-your-tender}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public ContractTerms awarded(UUID tenderId, String lot) {
        ContractStore.Award award = ownAward(tenderId, lot);
        return new AwardedTerms(award.title(), guard.today(), 0, List.of(), List.of()).of(award);
    }

    private ContractStore.Award ownAward(UUID tenderId, String lot) {
        if (!tenders.notice(tenderId).buyerId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-tender", "The buyer drafts the contract");
        }
        return store.award(tenderId, lot)
                .orElseThrow(() -> new NotFound("procurement.award-not-found", "No award of this lot is final"));
    }

    private UUID insert(
            ContractTerms terms,
            ContractStore.Rules rules,
            LocalDate signBy,
            @Nullable UUID tender,
            @Nullable String lot) {
        UUID id = Ids.next();
        long total = terms.total().minor();
        sql.update(
                """
                insert into procurement.contract(id, number, org_id, supplier_id, plan_id, tender_id, lot, title, currency, original_minor,
                  amount_minor, amend_percent, rules_of, delivery_by, sign_by, warranty_months, state, made_by, made_at)
                values (?, 'C-' || lpad(nextval('procurement.contract_number')::text, 6, '0'),
                  ?,?,?,?,?,?,?,?,?,?,?,?,?,?,'DRAFTED',?,?)""",
                id,
                caller.orgId(),
                terms.supplierId(),
                terms.planId(),
                tender,
                lot,
                terms.title().strip(),
                terms.total().currency(),
                total,
                total,
                rules.amendPercent(),
                rules.fromDay(),
                terms.deliveryBy(),
                signBy,
                terms.warrantyMonths(),
                caller.personId(),
                clock.instant());
        return id;
    }

    /** Changes a draft; one that was offered is a draft again. */
    @RolesAllowed(Roles.EQUIPMENT)
    public ContractView change(UUID id, long seen, ContractTerms terms) {
        ContractView contract = guard.own(id, seen, ContractState.DRAFTED, ContractState.OFFERED);
        PurchasePlanView plan = plan(terms);
        List<ContractClause> clauses = check(terms, plan);
        boolean free = contract.tenderId() == null;
        new Limits("procurement.contract-invalid", "Some values of the contract do not fit what is there already")
                .check("/planId", terms.planId().equals(contract.planId()), "the plan it was drafted from")
                .check("/supplierId", free || terms.supplierId().equals(contract.supplierId()), "who won the lot")
                .check("/items", free || terms.items().equals(contract.items()), "what was awarded, at its price")
                .refuse();
        long total = terms.total().minor();
        if (free && total >= store.rules(guard.today()).directMinor()) {
            throw new Conflict("procurement.tender-needed", "A purchase of this value needs a tender");
        }
        sql.update(
                """
                update procurement.contract set version = version + 1, state = 'DRAFTED', offered_at = null, supplier_id = ?, title = ?,
                  original_minor = ?, amount_minor = ?, delivery_by = ?, warranty_months = ? where id = ?""",
                terms.supplierId(),
                terms.title().strip(),
                total,
                total,
                terms.deliveryBy(),
                terms.warrantyMonths(),
                id);
        store.parts(id, terms, clauses);
        audit.write("procurement.contract-changed", id.toString(), Map.of("version", seen + 1));
        return get(id);
    }

    /** Shows a draft to its supplier, who signs it first. */
    @RolesAllowed(Roles.EQUIPMENT)
    public ContractView offer(UUID id, long seen) {
        guard.own(id, seen, ContractState.DRAFTED);
        Instant now = clock.instant();
        sql.update(
                "update procurement.contract set version = version + 1, state = 'OFFERED', offered_at = ? where id = ?",
                now,
                id);
        audit.write("procurement.contract-offered", id.toString(), Map.of());
        return get(id);
    }

    private PurchasePlanView plan(ContractTerms terms) {
        PurchasePlanView plan = plans.find(terms.planId())
                .filter(p -> p.organisationId().equals(caller.orgId()))
                .orElseThrow(() -> new RuleViolation("procurement.plan-unknown", "There is no such plan")
                        .at("/planId", "a plan of your organisation"));
        if (plan.state() != PlanState.APPROVED) {
            throw new Conflict("procurement.plan-not-approved", "A contract needs an approved plan");
        }
        return plan;
    }

    private List<ContractClause> check(ContractTerms terms, PurchasePlanView plan) {
        Limits limits = new Limits("procurement.contract-invalid", "Some values of the contract are out of range")
                .text("/title", terms.title(), 200)
                .number("/items", terms.items().size(), 1, 50)
                .number("/milestones", terms.milestones().size(), 1, 20)
                .number("/warrantyMonths", terms.warrantyMonths(), 0, 240)
                .check("/deliveryBy", !terms.deliveryBy().isBefore(guard.today()), "not in the past")
                .check("/supplierId", supplies(terms.supplierId()), "an approved supplier");
        String currency = plan.terms().budget().currency();
        long quantity = 0;
        for (int i = 0; i < terms.items().size(); i++) {
            ContractTerms.Item item = terms.items().get(i);
            limits.text("/items/" + i + "/description", item.description(), 200)
                    .number("/items/" + i + "/quantity", item.quantity(), 1, 10_000)
                    .number("/items/" + i + "/unitPrice", item.unitPrice().minor(), 1, 1_000_000_000_000L)
                    .check(
                            "/items/" + i + "/unitPrice",
                            item.unitPrice().currency().equals(currency),
                            "in " + currency);
            quantity += item.quantity();
        }
        int percent = 0;
        Set<MilestoneKind> kinds = new HashSet<>();
        for (int i = 0; i < terms.milestones().size(); i++) {
            ContractTerms.Milestone milestone = terms.milestones().get(i);
            limits.number("/milestones/" + i + "/percent", milestone.percent(), 0, 100)
                    .check("/milestones/" + i + "/due", !milestone.due().isBefore(guard.today()), "not in the past");
            percent += milestone.percent();
            kinds.add(milestone.kind());
        }
        limits.check("/milestones", percent == 100, "shares that come to 100")
                .check(
                        "/milestones",
                        kinds.containsAll(Set.of(MilestoneKind.DELIVERY, MilestoneKind.ACCEPTANCE)),
                        "delivery and acceptance among them")
                .check("/items", quantity <= plan.terms().quantity(), "together at most the plan's quantity");
        List<ContractClause> library = store.library(guard.today());
        Set<String> optional = library.stream()
                .filter(c -> !c.required())
                .map(ContractClause::code)
                .collect(Collectors.toSet());
        limits.check("/clauses", optional.containsAll(terms.clauses()), "optional clauses of the library: " + optional)
                .refuse();
        long total = terms.total().minor();
        limits.check("/items", total <= plan.terms().budget().minor(), "within the plan's budget")
                .refuse();
        return library.stream()
                .filter(c -> c.required() || terms.clauses().contains(c.code()))
                .toList();
    }

    private boolean supplies(UUID org) {
        try {
            OrganisationView supplier = organisations.get(org);
            return supplier.kind().equals("SUPPLIER") && supplier.status().equals("APPROVED");
        } catch (NotFound e) {
            return false;
        }
    }
}
