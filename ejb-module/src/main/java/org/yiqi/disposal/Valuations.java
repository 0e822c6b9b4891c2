package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.domain.Appraisal;
import org.yiqi.disposal.domain.DisposalRules;
import org.yiqi.disposal.domain.Opinion;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** What a unit is worth by four methods, and what is advised by the rules of the day. */
@Stateless
@Secured
public class Valuations {

    private static final long MOST_MONEY = 1_000_000_000_000L;
    private static final int YEARS_OF_SALES = 3;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Values a unit that is proposed; again as often as new facts come in before it is submitted.
     *
     * @throws RuleViolation {@code disposal.value-invalid} naming each field
     * @throws Conflict {@code disposal.wrong-state}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.FINANCE})
    public DisposalView value(UUID id, Value facts) {
        DisposalView disposal = store.in(id, DisposalState.PROPOSED, DisposalState.VALUED);
        store.refuseOthers(disposal);
        UnitView unit = units.get(disposal.unitId());
        Money cost = cost(facts, unit);
        LocalDate acquired = facts.acquiredOn() != null ? facts.acquiredOn() : unit.acquiredOn();
        LocalDate today = store.today();
        if (cost == null || acquired == null) {
            throw missing(cost == null, acquired == null);
        }
        check(facts, cost, acquired, today);
        DisposalRules rules = store.rules(today);
        DisposalStore.ClassFigure figure = store.classFigure(disposal.category(), today);
        Integer modelLife = unit.model().lifeYears();
        int life = facts.lifeYears() != null ? facts.lifeYears() : modelLife == null ? rules.lifeYears() : modelLife;
        Appraisal appraisal = new Appraisal()
                .book(cost, life, rules.residualPermille(), acquired, today)
                .comparables(pastPrices(disposal.category(), cost.currency()), cost.currency())
                .parts(facts.parts(), cost.currency());
        Money earnings = facts.earningsYearly();
        Integer years = facts.remainingYears();
        if (earnings != null && years != null) {
            appraisal.income(earnings, years, rules.discountPermille());
        }
        Appraisal.Range range = appraisal.range();
        long parts = facts.parts().stream()
                .mapToLong(p -> p.value().minor() * p.count() * 4 / 5)
                .sum();
        Opinion opinion = new Opinion(
                new Opinion.Facts(
                        today,
                        range.likely(),
                        facts.newPrice(),
                        facts.serviceYearly(),
                        facts.repairQuote(),
                        unit.endOfSupportOn(),
                        ChronoUnit.MONTHS.between(acquired, today),
                        life * 12L,
                        unit.condition() != Condition.POOR
                                && unit.condition() != Condition.DEFECTIVE
                                && disposal.cause() != Cause.UNSAFE
                                && disposal.workOrderId() == null,
                        unit.condition() == Condition.DEFECTIVE,
                        parts,
                        figure.carbonNewKg()),
                rules,
                store.wayRules(today));
        write(id, appraisal, range, opinion, rules, facts.weightKg() == null ? figure.weightKg() : facts.weightKg());
        audit.write(
                "disposal.valued",
                id.toString(),
                Map.of(
                        "likely",
                        range.likely().toString(),
                        "verdict",
                        opinion.verdict().name(),
                        "way",
                        opinion.recommended().name(),
                        "rules",
                        rules.fromDay().toString()));
        return store.get(id);
    }

    private static @Nullable Money cost(Value facts, UnitView unit) {
        Amount known = unit.acquisitionCost();
        return facts.cost() != null ? facts.cost() : known == null ? null : known.toMoney();
    }

    private static RuleViolation missing(boolean cost, boolean acquired) {
        RuleViolation refusal = new RuleViolation("disposal.value-invalid", "The unit's page does not say this");
        if (cost) {
            refusal.at("/cost", "what the unit cost");
        }
        if (acquired) {
            refusal.at("/acquiredOn", "when it was bought");
        }
        return refusal;
    }

    private static void check(Value v, Money cost, LocalDate acquired, LocalDate today) {
        RuleViolation refusal = new RuleViolation("disposal.value-invalid", "Some values are out of range");
        money(refusal, "/cost", cost, 1, cost);
        money(refusal, "/newPrice", v.newPrice(), 1, cost);
        money(refusal, "/serviceYearly", v.serviceYearly(), 0, cost);
        money(refusal, "/earningsYearly", v.earningsYearly(), 0, cost);
        money(refusal, "/repairQuote", v.repairQuote(), 0, cost);
        if (acquired.isAfter(today)) {
            refusal.at("/acquiredOn", "not in the future");
        }
        number(refusal, "/lifeYears", v.lifeYears(), 1, 50);
        number(refusal, "/remainingYears", v.remainingYears(), 0, 30);
        if ((v.earningsYearly() == null) != (v.remainingYears() == null)) {
            refusal.at("/remainingYears", "together with earningsYearly");
        }
        if (v.weightKg() != null && (v.weightKg() < 1 || v.weightKg() > 100_000)) {
            refusal.at("/weightKg", "1 to 100000");
        }
        if (v.parts().size() > 100) {
            refusal.at("/parts", "at most 100");
        }
        for (int i = 0; i < v.parts().size(); i++) {
            Value.Part part = v.parts().get(i);
            if (part.name().isBlank() || part.name().length() > 120) {
                refusal.at("/parts/" + i + "/name", "1 to 120 characters");
            }
            number(refusal, "/parts/" + i + "/count", part.count(), 1, 1000);
            money(refusal, "/parts/" + i + "/value", part.value(), 0, cost);
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }

    private static void money(RuleViolation refusal, String field, @Nullable Money m, long least, Money like) {
        if (m != null && (m.minor() < least || m.minor() > MOST_MONEY)) {
            refusal.at(field, least + " to " + MOST_MONEY + " in the smallest unit");
        }
        if (m != null && !m.currency().equals(like.currency())) {
            refusal.at(field, "in " + like.currency());
        }
    }

    private static void number(RuleViolation refusal, String field, @Nullable Integer n, int low, int high) {
        if (n != null && (n < low || n > high)) {
            refusal.at(field, low + " to " + high);
        }
    }

    private List<Long> pastPrices(String category, String currency) {
        return sql.list(
                "select price_minor from disposal.past_prices(?,?,?)",
                rs -> rs.getLong(1),
                category,
                currency,
                clock.instant().minus(YEARS_OF_SALES * 365L, ChronoUnit.DAYS));
    }

    private void write(
            UUID id, Appraisal appraisal, Appraisal.Range range, Opinion opinion, DisposalRules rules, long weightKg) {
        for (String table : List.of("estimate", "signal", "way")) {
            sql.update("delete from disposal." + table + " where disposal_id = ?", id);
        }
        for (Estimate e : appraisal.estimates()) {
            sql.update(
                    "insert into disposal.estimate values (?,?,?,?,?,?,?,?)",
                    id,
                    e.method().name(),
                    e.low().minor(),
                    e.likely().minor(),
                    e.high().minor(),
                    e.confidence().name(),
                    e.reason(),
                    e.facts());
        }
        for (Signal s : opinion.signals()) {
            sql.update(
                    "insert into disposal.signal values (?,?,?)", id, s.code().name(), s.facts());
        }
        for (WayOut w : opinion.waysOut()) {
            sql.update(
                    "insert into disposal.way values (?,?,?,?,?,?,?,?)",
                    id,
                    w.way().name(),
                    w.position(),
                    w.open(),
                    w.rule(),
                    w.value().minor(),
                    w.carbonKg(),
                    w.source());
        }
        store.move(
                id,
                DisposalState.VALUED,
                ", value_low = ?, value_likely = ?, value_high = ?, currency = ?, confidence = ?, verdict = ?, way = ?, rules_of = ?, weight_kg = ?",
                range.low().minor(),
                range.likely().minor(),
                range.high().minor(),
                range.likely().currency(),
                range.confidence().name(),
                opinion.verdict().name(),
                opinion.recommended().name(),
                rules.fromDay(),
                weightKg);
    }
}
