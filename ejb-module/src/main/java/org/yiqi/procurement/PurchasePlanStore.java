package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.domain.ComplianceCheck.RequiredParameter;
import org.yiqi.procurement.domain.ProcurementRules;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.StaleVersion;

/** Plans and the dated rules as rows. */
@ApplicationScoped
class PurchasePlanStore {

    @Inject
    Sql sql;

    ProcurementRules rules(LocalDate day) {
        return sql.first(
                        "select * from procurement.rule_set where from_day <= ? order by from_day desc limit 1",
                        rs -> new ProcurementRules(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getLong("split_minor"),
                                rs.getInt("split_days"),
                                rs.getInt("nearby_km"),
                                rs.getInt("open_days"),
                                rs.getInt("amend_days"),
                                rs.getInt("price_weight"),
                                rs.getLong("large_minor")),
                        day)
                .orElseThrow(() -> new IllegalStateException("No rules for " + day));
    }

    /** Who signs a purchase of this price, by the ladder of the day. */
    List<ApprovalStep> ladder(LocalDate day, long totalMinor, boolean large) {
        return sql.list("""
                select s.step from procurement.ladder_step s
                 where s.from_day = (select max(from_day) from procurement.ladder_step where from_day <= ?)
                   and s.large = ?
                   and s.above_minor = (select max(t.above_minor) from procurement.ladder_step t
                                         where t.from_day = s.from_day and t.large = s.large and t.above_minor <= ?)
                 order by s.position""", rs -> ApprovalStep.valueOf(rs.getString(1)), day, large, totalMinor);
    }

    boolean isLargeClass(String category, LocalDate day) {
        return sql.exists("select 1 from procurement.large_class where category = ? and from_day <= ?", category, day);
    }

    List<String> namedWords() {
        return sql.list("select word from procurement.named_word", rs -> rs.getString(1));
    }

    List<RequiredParameter> required(String category) {
        return sql.list(
                "select name, name_zh, name_en from procurement.required_parameter where category in ('*', ?) order by category, name",
                rs -> new RequiredParameter(rs.getString(1), rs.getString(2), rs.getString(3)),
                category);
    }

    /** Prices of the organisation's other plans of a class that were submitted since a day. */
    List<Long> sameClass(UUID org, UUID plan, String category, LocalDate since) {
        return sql.list("""
                select total_minor from procurement.plan
                 where org_id = ? and id <> ? and category = ? and state in ('APPROVING', 'APPROVED')
                   and (submitted_at at time zone 'Asia/Shanghai')::date >= ?""", rs -> rs.getLong(1), org, plan, category, since);
    }

    Optional<PurchasePlanView> find(UUID id) {
        return sql.first("select * from procurement.plan where id = ?", this::read, id);
    }

    void lock(UUID id) {
        sql.exists("select 1 from procurement.plan where id = ? for update", id);
    }

    private PurchasePlanView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        String currency = rs.getString("currency");
        return new PurchasePlanView(
                id,
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                new PlanTerms(
                        rs.getObject("need_id", UUID.class),
                        rs.getString("title"),
                        rs.getString("category"),
                        rs.getInt("quantity"),
                        Money.ofMinor(rs.getLong("unit_minor"), currency),
                        rs.getString("budget_line"),
                        Money.ofMinor(rs.getLong("budget_minor"), currency),
                        rs.getString("specification"),
                        parameters(id),
                        rs.getInt("life_years"),
                        Money.ofMinor(rs.getLong("service_minor"), currency),
                        Money.ofMinor(rs.getLong("running_minor"), currency),
                        Money.ofMinor(rs.getLong("disposal_minor"), currency),
                        rs.getString("licence"),
                        rs.getString("justification")),
                PlanState.valueOf(rs.getString("state")),
                rs.getInt("round"),
                Sql.day(rs, "rules_of"),
                rs.getObject("made_by", UUID.class),
                rs.getTimestamp("made_at").toInstant(),
                Sql.instant(rs, "approved_at"),
                findings(id),
                steps(id));
    }

    static PurchasePlanRow row(ResultSet rs) throws SQLException {
        String waits = rs.getString("waits_for");
        return new PurchasePlanRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getString("title"),
                rs.getString("category"),
                rs.getInt("quantity"),
                Amount.of(Money.ofMinor(rs.getLong("total_minor"), rs.getString("currency"))),
                PlanState.valueOf(rs.getString("state")),
                waits == null ? null : ApprovalStep.valueOf(waits),
                rs.getTimestamp("made_at").toInstant());
    }

    private List<Parameter> parameters(UUID plan) {
        return sql.list(
                "select name, value from procurement.plan_parameter where plan_id = ? order by position",
                rs -> new Parameter(rs.getString(1), rs.getString(2)),
                plan);
    }

    private List<Finding> findings(UUID plan) {
        return sql.list(
                "select code, weight, field, facts from procurement.plan_finding where plan_id = ? order by position",
                rs -> new Finding(
                        Finding.Code.valueOf(rs.getString(1)),
                        Finding.Weight.valueOf(rs.getString(2)),
                        rs.getString(3),
                        Sql.texts(rs, "facts")),
                plan);
    }

    private List<PurchasePlanView.Step> steps(UUID plan) {
        return sql.list(
                "select * from procurement.plan_step where plan_id = ? order by round, position",
                rs -> new PurchasePlanView.Step(
                        rs.getInt("round"),
                        rs.getInt("position"),
                        ApprovalStep.valueOf(rs.getString("step")),
                        PurchasePlanView.StepState.valueOf(rs.getString("state")),
                        rs.getObject("delegate", UUID.class),
                        rs.getObject("person_id", UUID.class),
                        Sql.instant(rs, "decided_at"),
                        rs.getString("note")),
                plan);
    }

    void insert(UUID id, UUID org, UUID person, PlanTerms terms, Instant now) {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(id, org, terms.needId()));
        values.addAll(values(terms));
        values.addAll(List.of(person, now));
        sql.update("""
                insert into procurement.plan(id, number, org_id, need_id, title, category, quantity, unit_minor, budget_line,
                  budget_minor, currency, specification, life_years, service_minor, running_minor, disposal_minor, licence,
                  justification, state, made_by, made_at)
                values (?, 'P-' || lpad(nextval('procurement.plan_number')::text, 6, '0'),
                  ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?, 'DRAFT', ?, ?)""", values.toArray());
        writeParameters(id, terms.parameters());
    }

    void change(UUID id, long seen, PlanTerms terms) {
        List<@Nullable Object> values = new ArrayList<>(values(terms));
        values.addAll(List.of(id, seen));
        StaleVersion.checkChanged(sql.update("""
                update procurement.plan set version = version + 1, title = ?, category = ?, quantity = ?, unit_minor = ?,
                  budget_line = ?, budget_minor = ?, currency = ?, specification = ?, life_years = ?, service_minor = ?,
                  running_minor = ?, disposal_minor = ?, licence = ?, justification = ? where id = ? and version = ?""", values.toArray()));
        writeParameters(id, terms.parameters());
    }

    /** What is written of a plan's terms, in the order of the table's columns; its parameters are rows of their own. */
    private static List<Object> values(PlanTerms t) {
        return List.of(
                t.title().strip(),
                t.category(),
                t.quantity(),
                t.unitPrice().minor(),
                t.budgetLine().strip(),
                t.budget().minor(),
                t.budget().currency(),
                t.specification().strip(),
                t.lifeYears(),
                t.serviceYearly().minor(),
                t.runningYearly().minor(),
                t.disposal().minor(),
                t.licence().strip(),
                t.justification().strip());
    }

    private void writeParameters(UUID id, List<Parameter> parameters) {
        sql.update("delete from procurement.plan_parameter where plan_id = ?", id);
        for (int i = 0; i < parameters.size(); i++) {
            sql.update(
                    "insert into procurement.plan_parameter(plan_id, position, name, value) values (?,?,?,?)",
                    id,
                    i,
                    parameters.get(i).name().strip(),
                    parameters.get(i).value().strip());
        }
    }

    void writeFindings(UUID id, LocalDate rulesOf, List<Finding> findings) {
        sql.update("delete from procurement.plan_finding where plan_id = ?", id);
        for (int i = 0; i < findings.size(); i++) {
            Finding f = findings.get(i);
            sql.update(
                    "insert into procurement.plan_finding(plan_id, position, code, weight, field, facts) values (?,?,?,?,?,?)",
                    id,
                    i,
                    f.code().name(),
                    f.weight().name(),
                    f.field(),
                    f.facts());
        }
        sql.update("update procurement.plan set rules_of = ? where id = ?", rulesOf, id);
    }

    void climb(UUID id, int round, UUID madeBy, List<ApprovalStep> ladder) {
        for (int i = 0; i < ladder.size(); i++) {
            sql.update("""
                    insert into procurement.plan_step(plan_id, round, position, step, state, made_by)
                    values (?,?,?,?, 'WAITING', ?)""", id, round, i + 1, ladder.get(i).name(), madeBy);
        }
    }

    void move(UUID id, long seen, PlanState state, String further, @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(List.of(state.name()));
        all.addAll(Arrays.asList(values));
        all.addAll(List.of(id, seen));
        StaleVersion.checkChanged(sql.update(
                "update procurement.plan set version = version + 1, state = ?" + further
                        + " where id = ? and version = ?",
                all.toArray()));
    }
}
