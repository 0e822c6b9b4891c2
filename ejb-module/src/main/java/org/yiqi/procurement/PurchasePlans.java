package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.procurement.Finding.Weight;
import org.yiqi.procurement.domain.ComplianceCheck;
import org.yiqi.procurement.domain.ComplianceCheck.IdleUnit;
import org.yiqi.procurement.domain.ProcurementRules;
import org.yiqi.rental.Match;
import org.yiqi.rental.Need;
import org.yiqi.rental.OfferView;
import org.yiqi.rental.Searches;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;
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

/** Plans to buy: drafted, checked by the rules of the day, submitted. {@link PlanApprovals} takes them up the ladder. */
@Stateless
@Secured
public class PurchasePlans {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** An idle unit is one that could be had for a working day at this distance from now. */
    private static final int SEARCH_AHEAD_DAYS = 3;

    private static final int MOST_PARAMETERS = 100;
    private static final long MOST_MONEY = 1_000_000_000_000L;

    private static final Listing<PurchasePlanRow> LISTING = Listing.of(
                    """
                    p.*, (select s.step from procurement.plan_step s where s.plan_id = p.id and s.round = p.round
                           and s.state = 'WAITING' and p.state = 'APPROVING' order by s.position limit 1) as waits_for""", "procurement.plan p", "p.id", PurchasePlanStore::row)
            .sort("madeAt", "p.made_at", "timestamptz")
            .sort("title", "p.title", "text")
            .sort("number", "p.number", "text")
            .sort("total", "p.total_minor", "bigint")
            .defaultSort("-madeAt")
            .filter("state", "p.state", "text")
            .filter("category", "p.category", "text")
            .filter("need", "p.need_id", "uuid")
            .filterWhere("waitsFor", """
                    p.state = 'APPROVING' and (select s.step from procurement.plan_step s where s.plan_id = p.id
                      and s.round = p.round and s.state = 'WAITING' order by s.position limit 1) = any(cast(? as text[]))""", "text")
            .search("(p.number || ' ' || p.title || ' ' || p.budget_line) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    PurchasePlanStore store;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Searches searches;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("plan_of_need", "procurement.need-planned");
        DatabaseRefusals.register("plan_step_not_own", "procurement.own-plan");
        DatabaseRefusals.register("plan_step_delegate_not_own", "procurement.own-plan");
        DatabaseRefusals.register("plan_step_one_hat", "procurement.signed-before");
    }

    /** Filters: {@code state, category, need, waitsFor}; sorts: {@code madeAt, title, number, total}. */
    @RolesAllowed("**")
    public Page<PurchasePlanRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<PurchasePlanRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code procurement.plan-not-found} */
    @RolesAllowed("**")
    public PurchasePlanView get(UUID id) {
        return store.find(id).orElseThrow(() -> new NotFound("procurement.plan-not-found", "No such plan"));
    }

    /**
     * Drafts a plan, for a need or without one.
     *
     * @throws RuleViolation {@code procurement.plan-invalid}
     * @throws Conflict {@code procurement.need-planned}, {@code procurement.need-answered}
     */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT})
    public PurchasePlanView create(PlanTerms terms) {
        checkRanges(terms);
        UUID need = terms.needId();
        if (need != null) {
            plan(need);
        }
        UUID id = Ids.next();
        store.insert(id, caller.orgId(), caller.personId(), terms, clock.instant());
        audit.write("procurement.plan-made", id.toString(), Map.of("title", terms.title()));
        return checked(get(id));
    }

    /** Changes a draft or what came back; the need stays. It is checked again. */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT})
    public PurchasePlanView change(UUID id, long seen, PlanTerms terms) {
        PurchasePlanView before = get(id);
        mine(before);
        StaleVersion.check(seen, before.version());
        checkRanges(terms);
        store.change(id, seen, terms);
        audit.write("procurement.plan-changed", id.toString(), Map.of("title", terms.title()));
        return checked(get(id));
    }

    /**
     * Sends the plan up the ladder of the day.
     *
     * @throws RuleViolation {@code procurement.plan-not-compliant} naming each finding that blocks,
     *     {@code procurement.justification-missing}
     */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT})
    public PurchasePlanView submit(UUID id, long seen) {
        PurchasePlanView before = get(id);
        mine(before);
        StaleVersion.check(seen, before.version());
        ComplianceCheck check = check(before);
        PurchasePlanView plan = checked(before, check);
        refuseFindings(plan);
        Instant now = clock.instant();
        int round = plan.round() + 1;
        List<ApprovalStep> ladder = store.ladder(today(), plan.terms().total().minor(), check.isLarge(plan.terms()));
        store.move(id, plan.version(), PlanState.APPROVING, ", round = ?, submitted_at = ?", round, now);
        store.climb(id, round, plan.madeBy(), ladder);
        audit.write("procurement.plan-submitted", id.toString(), Map.of("round", round, "ladder", ladder.toString()));
        return get(id);
    }

    /** Gives the plan up; its need is open again. */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT})
    public PurchasePlanView withdraw(UUID id, long seen) {
        PurchasePlanView plan = get(id);
        mine(plan);
        store.move(id, seen, PlanState.WITHDRAWN, "");
        UUID need = plan.terms().needId();
        if (need != null) {
            sql.update("update procurement.need set version = version + 1, state = 'OPEN' where id = ?", need);
        }
        audit.write("procurement.plan-withdrawn", id.toString(), Map.of());
        return get(id);
    }

    private void plan(UUID need) {
        int rows = sql.update(
                "update procurement.need set version = version + 1, state = 'PLANNED' where id = ? and state = 'OPEN'",
                need);
        if (rows == 0) {
            if (!sql.exists("select 1 from procurement.need where id = ?", need)) {
                throw new RuleViolation("procurement.need-unknown", "No such need").at("/needId", "an open need");
            }
            throw new Conflict("procurement.need-answered", "The need is planned or declined already");
        }
    }

    private void mine(PurchasePlanView plan) {
        if (!plan.madeBy().equals(caller.personId())) {
            throw new NotPermitted("procurement.maker-only", "Only who made the plan changes it");
        }
        if (plan.state() != PlanState.DRAFT && plan.state() != PlanState.RETURNED) {
            throw new Conflict("procurement.plan-not-open", "The plan is on its way or decided");
        }
    }

    private PurchasePlanView checked(PurchasePlanView plan) {
        return checked(plan, check(plan));
    }

    /** Keeps what the check finds with the plan. */
    private PurchasePlanView checked(PurchasePlanView plan, ComplianceCheck check) {
        store.writeFindings(plan.id(), check.rules().fromDay(), check.findings(plan.terms()));
        return get(plan.id());
    }

    private static void refuseFindings(PurchasePlanView plan) {
        RuleViolation refusal =
                new RuleViolation("procurement.plan-not-compliant", "The check found what blocks the plan");
        plan.findings().stream()
                .filter(f -> f.weight() == Weight.BLOCKS)
                .forEach(f -> refusal.at(f.field(), f.code() + " " + String.join(", ", f.facts())));
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
        boolean asks = plan.findings().stream().anyMatch(f -> f.weight() == Weight.JUSTIFY);
        if (asks && plan.terms().justification().isBlank()) {
            throw new RuleViolation("procurement.justification-missing", "Answer what the check asks about")
                    .at("/justification", "a reason");
        }
    }

    private ComplianceCheck check(PurchasePlanView plan) {
        LocalDate today = today();
        ProcurementRules rules = store.rules(today);
        PlanTerms terms = plan.terms();
        return new ComplianceCheck(
                rules,
                store.isLargeClass(terms.category(), today),
                Set.copyOf(store.namedWords()),
                store.required(terms.category()),
                store.sameClass(plan.organisationId(), plan.id(), terms.category(), today.minusDays(rules.splitDays())),
                idle(terms.category(), rules.nearbyKm()));
    }

    /** Offers of others for the class, near enough to share, on a working day soon. */
    private List<IdleUnit> idle(String category, int nearbyKm) {
        Instant from =
                today().plusDays(SEARCH_AHEAD_DAYS).atTime(9, 0).atZone(ZONE).toInstant();
        Period day = new Period(from, from.plusSeconds(8 * 3600));
        List<Near> near = new ArrayList<>();
        for (Match match : searches.find(new Need(category, null, null, null, null, day, 0))) {
            Double km = match.distanceKm();
            if (km != null && km <= nearbyKm) {
                near.add(new Near(match.offer(), km));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingDouble(Near::km))
                .map(Near::unit)
                .toList();
    }

    private record Near(OfferView offer, double km) {
        IdleUnit unit() {
            return new IdleUnit(
                    offer.unitZh(), offer.unitEn(), offer.ownerZh(), offer.ownerEn(), Long.toString(Math.round(km)));
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    private static void checkRanges(PlanTerms t) {
        Limits limits = new Limits("procurement.plan-invalid", "Some values of the plan are out of range")
                .text("/title", t.title(), 200)
                .category("/category", t.category())
                .number("/quantity", t.quantity(), 1, 10_000)
                .text("/budgetLine", t.budgetLine(), 60)
                .text("/specification", t.specification(), 8000)
                .number("/lifeYears", t.lifeYears(), 1, 50)
                .optional("/licence", t.licence(), 80)
                .optional("/justification", t.justification(), 4000)
                .check("/parameters", t.parameters().size() <= MOST_PARAMETERS, "at most " + MOST_PARAMETERS);
        String currency = t.budget().currency();
        money(limits, "/unitPrice", t.unitPrice(), 1, currency);
        money(limits, "/budget", t.budget(), 1, currency);
        money(limits, "/serviceYearly", t.serviceYearly(), 0, currency);
        money(limits, "/runningYearly", t.runningYearly(), 0, currency);
        money(limits, "/disposal", t.disposal(), 0, currency);
        long names =
                t.parameters().stream().map(p -> p.name().strip()).distinct().count();
        limits.check("/parameters", names == t.parameters().size(), "each name once");
        for (int i = 0; i < t.parameters().size(); i++) {
            Parameter p = t.parameters().get(i);
            limits.text("/parameters/" + i + "/name", p.name(), 60).text("/parameters/" + i + "/value", p.value(), 500);
        }
        limits.refuse();
    }

    private static void money(Limits limits, String pointer, Money money, long least, String currency) {
        limits.number(pointer, money.minor(), least, MOST_MONEY)
                .check(pointer, money.currency().equals(currency), "in " + currency);
    }
}
