package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;

/** Contracts as rows. */
@ApplicationScoped
class ContractStore {

    @Inject
    Sql sql;

    /** What the law says about contracts of a day. */
    record Rules(LocalDate fromDay, long directMinor, int signDays, int amendPercent) {}

    Rules rules(LocalDate day) {
        return sql.first(
                        "select * from procurement.contract_rule_set where from_day <= ? order by from_day desc limit 1",
                        rs -> new Rules(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getLong("direct_minor"),
                                rs.getInt("sign_days"),
                                rs.getInt("amend_percent")),
                        day)
                .orElseThrow();
    }

    /** What the buyer and a bidder are bound to by a signed award. */
    record Award(UUID plan, UUID winner, Money amount, String title, int quantity, Instant at) {

        /** The goods at the price that was bid; where it does not divide evenly, some cost the smallest unit more. */
        List<ContractTerms.Item> items() {
            long unit = amount.minor() / quantity;
            int dearer = (int) (amount.minor() % quantity);
            Money price = Money.ofMinor(unit, amount.currency());
            List<ContractTerms.Item> items = new ArrayList<>();
            if (dearer < quantity) {
                items.add(new ContractTerms.Item(title, null, quantity - dearer, price));
            }
            if (dearer > 0) {
                items.add(new ContractTerms.Item(title, null, dearer, price.plus(Money.ofMinor(1, amount.currency()))));
            }
            return items;
        }
    }

    /** The award of a lot that the buyer has signed. */
    Optional<Award> award(UUID tender, String lot) {
        return sql.first(
                """
                select t.plan_id, a.*, l.title, l.quantity from procurement.lot_award a
                  join procurement.tender t on t.id = a.tender_id
                  join procurement.lot l on l.tender_id = a.tender_id and l.code = a.lot
                 where a.tender_id = ? and a.lot = ? and a.act_id is not null and a.bid_id is not null""",
                rs -> new Award(
                        rs.getObject("plan_id", UUID.class),
                        rs.getObject("org_id", UUID.class),
                        Money.ofMinor(rs.getLong("amount_minor"), rs.getString("currency")),
                        rs.getString("title"),
                        rs.getInt("quantity"),
                        rs.getTimestamp("decided_at").toInstant()),
                tender,
                lot);
    }

    /** The library as it holds on a day. */
    List<ContractClause> library(LocalDate day) {
        return sql.list("""
                select distinct on (position, code) * from procurement.clause c where from_day <= ?
                   and not exists (select 1 from procurement.clause l where l.code = c.code and l.from_day <= ? and l.from_day > c.from_day)
                 order by position, code""", ContractClause::read, day, day);
    }

    Optional<ContractView> find(UUID id) {
        return sql.first("select * from procurement.contract where id = ?", this::read, id);
    }

    /** The contract, kept from others' changes until the transaction ends. */
    Optional<ContractView> lock(UUID id) {
        return sql.first("select * from procurement.contract where id = ? for update", this::read, id);
    }

    private ContractView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        String currency = rs.getString("currency");
        long amount = rs.getLong("amount_minor");
        return new ContractView(
                id,
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("org_id", UUID.class),
                rs.getObject("supplier_id", UUID.class),
                rs.getObject("plan_id", UUID.class),
                rs.getObject("tender_id", UUID.class),
                rs.getString("lot"),
                rs.getString("title"),
                Money.ofMinor(rs.getLong("original_minor"), currency),
                Money.ofMinor(amount, currency),
                rs.getInt("amend_percent"),
                rs.getObject("delivery_by", LocalDate.class),
                rs.getObject("sign_by", LocalDate.class),
                rs.getInt("warranty_months"),
                ContractState.valueOf(rs.getString("state")),
                rs.getObject("pending_act", UUID.class),
                rs.getString("ended_reason"),
                rs.getTimestamp("made_at").toInstant(),
                Sql.instant(rs, "effective_at"),
                Sql.instant(rs, "ended_at"),
                items(id, currency),
                clauses(id),
                milestones(id, amount, currency),
                revisions(id, currency));
    }

    private List<ContractTerms.Item> items(UUID contract, String currency) {
        return sql.list(
                "select * from procurement.contract_item where contract_id = ? order by position",
                rs -> new ContractTerms.Item(
                        rs.getString("description"),
                        rs.getObject("model_id", UUID.class),
                        rs.getInt("quantity"),
                        Money.ofMinor(rs.getLong("unit_minor"), currency)),
                contract);
    }

    private List<ContractClause> clauses(UUID contract) {
        return sql.list("""
                select c.* from procurement.contract_clause x join procurement.clause c on c.code = x.code and c.version = x.clause_version
                 where x.contract_id = ? order by x.position""", ContractClause::read, contract);
    }

    private List<ContractView.Milestone> milestones(UUID contract, long amount, String currency) {
        int[] before = {0};
        return sql.list(
                """
                select m.*, p.amount_minor as paid_minor, p.paid_at from procurement.contract_milestone m
                  left join procurement.contract_payment p on p.contract_id = m.contract_id and p.milestone = m.position
                 where m.contract_id = ? order by m.position""",
                rs -> {
                    int percent = rs.getInt("percent");
                    long payable = share(amount, before[0] + percent) - share(amount, before[0]);
                    before[0] += percent;
                    boolean paid = rs.getObject("paid_minor") != null;
                    return new ContractView.Milestone(
                            rs.getInt("position"),
                            MilestoneKind.valueOf(rs.getString("kind")),
                            rs.getObject("due", LocalDate.class),
                            rs.getObject("expected", LocalDate.class),
                            percent,
                            Money.ofMinor(payable, currency),
                            MilestoneState.valueOf(rs.getString("state")),
                            rs.getString("note"),
                            Sql.instant(rs, "reported_at"),
                            Sql.instant(rs, "decided_at"),
                            paid ? Money.ofMinor(rs.getLong("paid_minor"), currency) : null,
                            Sql.instant(rs, "paid_at"));
                },
                contract);
    }

    /** Shares are cut from the running sum, so that all of them come to the amount whatever is rounded. */
    static long share(long amount, int percent) {
        return amount / 100 * percent + amount % 100 * percent / 100;
    }

    private List<ContractView.Revision> revisions(UUID contract, String currency) {
        return sql.list(
                """
                select number, amount_minor, reason, sha256, act_id, act_digest, proposed_at, signed_at, lapsed
                  from procurement.contract_revision where contract_id = ? order by number""",
                rs -> new ContractView.Revision(
                        rs.getInt("number"),
                        Money.ofMinor(rs.getLong("amount_minor"), currency),
                        rs.getString("reason"),
                        rs.getString("sha256"),
                        rs.getObject("act_id", UUID.class),
                        rs.getString("act_digest"),
                        rs.getTimestamp("proposed_at").toInstant(),
                        Sql.instant(rs, "signed_at"),
                        rs.getBoolean("lapsed")),
                contract);
    }

    /** Writes what a draft consists of, in place of what was there. */
    void parts(UUID contract, ContractTerms terms, List<ContractClause> clauses) {
        sql.update("delete from procurement.contract_item where contract_id = ?", contract);
        sql.update("delete from procurement.contract_clause where contract_id = ?", contract);
        sql.update("delete from procurement.contract_milestone where contract_id = ?", contract);
        int position = 0;
        for (ContractTerms.Item item : terms.items()) {
            sql.update(
                    """
                    insert into procurement.contract_item(contract_id, position, description, model_id, quantity, unit_minor)
                    values (?,?,?,?,?,?)""",
                    contract,
                    ++position,
                    item.description().strip(),
                    item.modelId(),
                    item.quantity(),
                    item.unitPrice().minor());
        }
        position = 0;
        for (ContractClause clause : clauses) {
            sql.update(
                    "insert into procurement.contract_clause(contract_id, position, code, clause_version) values (?,?,?,?)",
                    contract,
                    ++position,
                    clause.code(),
                    clause.version());
        }
        position = 0;
        for (ContractTerms.Milestone milestone : terms.milestones()) {
            sql.update(
                    """
                    insert into procurement.contract_milestone(contract_id, position, kind, due, expected, percent)
                    values (?,?,?,?,?,?)""",
                    contract,
                    ++position,
                    milestone.kind().name(),
                    milestone.due(),
                    milestone.due(),
                    milestone.percent());
        }
    }
}
