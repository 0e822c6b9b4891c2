package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.StaleVersion;

/** Tenders as rows. */
@ApplicationScoped
class TenderStore {

    @Inject
    Sql sql;

    BusinessCalendar calendar() {
        Map<LocalDate, Boolean> special = new HashMap<>();
        sql.list("select day, working from procurement.special_day", rs -> {
            special.put(rs.getObject(1, LocalDate.class), rs.getBoolean(2));
            return true;
        });
        return new BusinessCalendar(special);
    }

    Optional<TenderView> find(UUID id) {
        return sql.first("select * from procurement.tender where id = ?", this::read, id);
    }

    /** @throws NotFound {@code procurement.tender-not-found} unless the caller may read it */
    void mustExist(UUID id) {
        if (!sql.exists("select 1 from procurement.tender where id = ?", id)) {
            throw Tenders.unknown();
        }
    }

    /** The tender, kept from others' changes until the transaction ends. */
    Optional<TenderView> lock(UUID id) {
        return sql.first("select * from procurement.tender where id = ? for update", this::read, id);
    }

    private TenderView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        String currency = rs.getString("currency");
        return new TenderView(
                id,
                rs.getLong("version"),
                rs.getString("number"),
                rs.getString("ocid"),
                rs.getObject("org_id", UUID.class),
                new TenderTerms(
                        rs.getObject("plan_id", UUID.class),
                        rs.getString("title"),
                        rs.getString("description"),
                        rs.getBoolean("two_envelopes"),
                        rs.getInt("threshold"),
                        rs.getTimestamp("enquiry_until").toInstant(),
                        rs.getTimestamp("deadline").toInstant(),
                        lots(id, currency),
                        requirements(id),
                        criteria(id),
                        openers(id)),
                rs.getString("category"),
                currency,
                TenderState.valueOf(rs.getString("state")),
                keys(id),
                rs.getString("terms_digest"),
                rs.getObject("act_id", UUID.class),
                rs.getObject("pending_act", UUID.class),
                rs.getString("ended_reason"),
                rs.getString("ended_note"),
                rs.getTimestamp("made_at").toInstant(),
                Sql.instant(rs, "published_at"),
                Sql.instant(rs, "sealed_at"),
                Sql.instant(rs, "ended_at"));
    }

    private List<Lot> lots(UUID tender, String currency) {
        return sql.list(
                "select * from procurement.lot where tender_id = ? order by position",
                rs -> new Lot(
                        rs.getString("code"),
                        rs.getString("title"),
                        rs.getString("category"),
                        rs.getInt("quantity"),
                        Money.ofMinor(rs.getLong("ceiling_minor"), currency)),
                tender);
    }

    private List<Requirement> requirements(UUID tender) {
        return sql.list(
                "select lot, text, mandatory from procurement.tender_requirement where tender_id = ? order by position",
                rs -> new Requirement(rs.getString(1), rs.getString(2), rs.getBoolean(3)),
                tender);
    }

    private List<Criterion> criteria(UUID tender) {
        return sql.list(
                "select kind, title, weight from procurement.criterion where tender_id = ? order by position",
                rs -> new Criterion(Criterion.Kind.valueOf(rs.getString(1)), rs.getString(2), rs.getInt(3)),
                tender);
    }

    private List<UUID> openers(UUID tender) {
        return sql.list(
                "select org_id from procurement.opener where tender_id = ? order by position",
                rs -> rs.getObject(1, UUID.class),
                tender);
    }

    private List<OpenerKey> keys(UUID tender) {
        return sql.list(
                """
                select k.* from procurement.opener_key k join procurement.opener o on o.tender_id = k.tender_id and o.org_id = k.org_id
                 where k.tender_id = ? order by o.position, k.envelope desc""",
                rs -> new OpenerKey(
                        rs.getObject("org_id", UUID.class),
                        Envelope.valueOf(rs.getString("envelope")),
                        rs.getString("public_key"),
                        rs.getString("proof")),
                tender);
    }

    void insert(
            UUID id, UUID org, UUID person, PurchasePlanView plan, TenderTerms terms, LocalDate rulesOf, Instant now) {
        sql.update(
                """
                insert into procurement.tender(id, number, ocid, org_id, plan_id, title, description, category, two_envelopes,
                  threshold, currency, enquiry_until, deadline, state, rules_of, made_by, made_at)
                select ?, 'T-' || lpad(n::text, 6, '0'), ?, ?,?,?,?,?,?,?,?,?,?, 'DRAFT', ?,?,?
                  from nextval('procurement.tender_number') n""",
                id,
                ocid(plan),
                org,
                terms.planId(),
                terms.title().strip(),
                terms.description().strip(),
                plan.terms().category(),
                terms.twoEnvelopes(),
                terms.threshold(),
                plan.terms().budget().currency(),
                terms.enquiryUntil(),
                terms.deadline(),
                rulesOf,
                person,
                now);
        writeParts(id, terms);
    }

    /** The first tender of a plan goes on in the plan's process; one after a failed one is a process of its own. */
    private String ocid(PurchasePlanView plan) {
        long before = sql.first(
                        "select count(*) from procurement.tender where plan_id = ?", rs -> rs.getLong(1), plan.id())
                .orElse(0L);
        return Ocid.ofPlan(plan.number()) + (before == 0 ? "" : Ocid.again(before + 1));
    }

    void change(UUID id, long seen, TenderTerms terms) {
        StaleVersion.checkChanged(sql.update(
                """
                update procurement.tender set version = version + 1, title = ?, description = ?, two_envelopes = ?, threshold = ?,
                  enquiry_until = ?, deadline = ? where id = ? and version = ? and state = 'DRAFT'""",
                terms.title().strip(),
                terms.description().strip(),
                terms.twoEnvelopes(),
                terms.threshold(),
                terms.enquiryUntil(),
                terms.deadline(),
                id,
                seen));
        for (String part : List.of("tender_requirement", "criterion", "lot")) {
            sql.update("delete from procurement." + part + " where tender_id = ?", id);
        }
        sql.update("""
                delete from procurement.opener o where o.tender_id = ? and not o.org_id = any(cast(? as uuid[]))
                  and not exists (select 1 from procurement.opener_key k where k.tender_id = o.tender_id and k.org_id = o.org_id)""", id, terms.openers().stream().map(UUID::toString).toList());
        writeParts(id, terms);
    }

    private void writeParts(UUID id, TenderTerms terms) {
        for (int i = 0; i < terms.lots().size(); i++) {
            Lot lot = terms.lots().get(i);
            sql.update(
                    "insert into procurement.lot(tender_id, code, position, title, category, quantity, ceiling_minor) values (?,?,?,?,?,?,?)",
                    id,
                    lot.code(),
                    i,
                    lot.title().strip(),
                    lot.category(),
                    lot.quantity(),
                    lot.ceiling().minor());
        }
        for (int i = 0; i < terms.requirements().size(); i++) {
            Requirement requirement = terms.requirements().get(i);
            sql.update(
                    "insert into procurement.tender_requirement(tender_id, position, lot, text, mandatory) values (?,?,?,?,?)",
                    id,
                    i,
                    requirement.lot(),
                    requirement.text().strip(),
                    requirement.mandatory());
        }
        for (int i = 0; i < terms.criteria().size(); i++) {
            Criterion criterion = terms.criteria().get(i);
            sql.update(
                    "insert into procurement.criterion(tender_id, position, kind, title, weight) values (?,?,?,?,?)",
                    id,
                    i,
                    criterion.kind().name(),
                    criterion.title().strip(),
                    criterion.weight());
        }
        for (int i = 0; i < terms.openers().size(); i++) {
            sql.update("""
                    insert into procurement.opener(tender_id, org_id, position) values (?,?,?)
                    on conflict (tender_id, org_id) do update set position = excluded.position""", id, terms.openers().get(i), i);
        }
    }

    /** The documents of a tender by name, with their digests: what its terms speak of. */
    List<TenderDocument> documents(UUID tender) {
        return sql.list(
                "select id, name, media_type, size, sha256, added_at from procurement.tender_document where tender_id = ? order by name, id",
                TenderDocument::read,
                tender);
    }

    List<AmendmentView> amendments(UUID tender) {
        return sql.list(
                "select * from procurement.amendment where tender_id = ? and not lapsed order by number",
                AmendmentView::read,
                tender);
    }

    int nextAmendment(UUID tender) {
        return sql.first(
                        "select coalesce(max(number), 0) + 1 from procurement.amendment where tender_id = ?",
                        rs -> rs.getInt(1),
                        tender)
                .orElse(1);
    }
}
