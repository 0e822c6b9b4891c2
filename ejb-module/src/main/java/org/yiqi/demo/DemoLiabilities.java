package org.yiqi.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.HistoryImport;
import org.yiqi.ledger.NewAct;
import org.yiqi.rental.RentalState;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;

/** Two cases of damage: one of last autumn, split 70 to 30 and settled, and one of a rental that has just come back, disputed. */
final class DemoLiabilities {

    private static final long REPAIR = 12_000_000L;
    private static final long COST = 80_000_000L;
    private static final int LIFE = 8;
    private static final int RESIDUAL = 5;

    private final Connection c;
    private final Instant now;
    private final HistoryImport ledger;

    DemoLiabilities(Connection c, Instant now, HistoryImport ledger) {
        this.c = c;
        this.now = now;
        this.ledger = ledger;
    }

    void fill(List<DemoRentals.Rental> rentals) throws SQLException {
        List<String> numbers = DemoNumbers.draw(c, "rental.liability_number", "D-%06d", 2);
        DemoRentals.Rental settled = rentals.stream()
                .filter(r -> r.state() == RentalState.CLOSED)
                .filter(r -> r.returned().isBefore(now.minus(60, ChronoUnit.DAYS)))
                .reduce((first, second) -> second)
                .orElseThrow();
        DemoRentals.Rental disputed = rentals.stream()
                .filter(r -> r.state() == RentalState.LIABILITY_OPEN)
                .findFirst()
                .orElseThrow();
        new Case(settled, numbers.get(0), settled.returned().minus(20, ChronoUnit.HOURS)).settled();
        new Case(disputed, numbers.get(1), disputed.returned()).disputed();
    }

    /** A case in the telling. */
    private final class Case {

        private final DemoRentals.Rental r;
        private final String number;
        private final Instant found;
        private final Instant reported;
        private final UUID id;
        private final UUID owner;
        private final UUID lessee;
        private final UUID service;
        private int pieces;
        private int steps;

        Case(DemoRentals.Rental r, String number, Instant found) {
            this.r = r;
            this.number = number;
            this.found = found;
            this.reported = found.plus(40, ChronoUnit.MINUTES);
            this.id = DemoIds.at(reported, "liability", number);
            this.owner = DemoEquipment.orgId(r.owner());
            this.lessee = DemoEquipment.orgId(r.lessee());
            this.service = DemoIds.of("org", r.unit().service());
        }

        /** Both bear their part and have paid; the owner has said so. */
        void settled() throws SQLException {
            Instant frozen = reported.plus(90, ChronoUnit.MINUTES);
            Instant agreed = frozen.plus(6, ChronoUnit.DAYS);
            Instant paid = agreed.plus(12, ChronoUnit.DAYS);
            Instant done = paid.plus(1, ChronoUnit.DAYS);
            open("转运回程中线圈支架跌落，外壳开裂", "IMPACT");
            facts(frozen);
            statement(owner, "归还前检查完好，运输箱固定带未扣紧。", frozen.plus(5, ChronoUnit.HOURS));
            statement(lessee, "支架销钉早已松动，上次保养未处理。", frozen.plus(30, ChronoUnit.HOURS));
            statement(service, "销钉松动属实，但跌落系搬运所致。", frozen.plus(50, ChronoUnit.HOURS));
            assessed(frozen.plus(4, ChronoUnit.DAYS));
            UUID split = split(
                    agreed, "STANDS", determined(agreed, List.of(part(lessee, "7/10"), part(service, "3/10"))), "");
            share(split, lessee, 7, 10, REPAIR * 7 / 10);
            share(split, service, 3, 10, REPAIR * 3 / 10);
            charge(split, lessee, REPAIR * 7 / 10, agreed, paid);
            charge(split, service, REPAIR * 3 / 10, agreed, paid.minus(3, ChronoUnit.DAYS));
            UUID settledAct = act("liability.settled", done, List.of(new Party(owner, PartyRole.OWNER)), Map.of());
            step(agreed.minusSeconds(60), owner, "propose", "ASSESSED", "PROPOSED");
            step(agreed, lessee, "agree", "PROPOSED", "AGREED");
            step(done, owner, "settle", "AGREED", "SETTLED");
            run(
                    "update rental.liability set state = 'SETTLED', settled_act = ?, settled_at = ? where id = ?",
                    settledAct,
                    done,
                    id);
        }

        /** The lessee did not agree; a panel has to be appointed. */
        void disputed() throws SQLException {
            open("收回时发现显示屏碎裂，机身进液", "LIQUID");
            Instant frozen = reported.plus(20, ChronoUnit.MINUTES);
            facts(frozen);
            statement(owner, "交付时完好，有交接记录与照片。", frozen.plusSeconds(600));
            statement(lessee, "进液发生在回程途中，已由承运人签收。", frozen.plusSeconds(900));
            statement(service, "上次保养时密封完好。", frozen.plusSeconds(1200));
            assessed(frozen.plusSeconds(1800));
            Instant proposed = frozen.plusSeconds(2400);
            UUID split = split(proposed, "DISPUTED", null, "回程途中的损坏不应由我院承担。");
            share(split, lessee, 7, 10, REPAIR * 7 / 10);
            share(split, service, 3, 10, REPAIR * 3 / 10);
            step(proposed, owner, "propose", "ASSESSED", "PROPOSED");
            step(proposed.plusSeconds(300), lessee, "dispute", "PROPOSED", "DISPUTED");
            run("update rental.liability set state = 'DISPUTED' where id = ?", id);
        }

        private void open(String description, String damage) throws SQLException {
            UUID opened = act(
                    "liability.opened",
                    reported,
                    List.of(
                            new Party(owner, PartyRole.REPORTER),
                            new Party(lessee, PartyRole.CONCERNED),
                            new Party(service, PartyRole.CONCERNED)),
                    Map.of("reason", damage, "unit", r.unit().id().toString()));
            run(
                    """
                    insert into rental.liability(id, number, state, unit_id, unit_zh, unit_en, asset_tag, category, owner_org, custodian_org,
                      reporter_org, rental_id, members, damage, description, harm, discovered_at, reported_at, reported_by, rules_of, opened_act,
                      currency)
                    values (?, ?, 'STATEMENTS', ?, ?, ?, ?, ?, ?, ?, ?, ?, array[?, ?, ?]::uuid[], ?, ?, false, ?, ?, ?, ?, ?, 'CNY')""",
                    id,
                    number,
                    r.unit().id(),
                    r.unit().model().nameZh(),
                    r.unit().model().nameEn(),
                    r.unit().tag(),
                    r.unit().model().category(),
                    owner,
                    lessee,
                    owner,
                    r.id(),
                    owner,
                    lessee,
                    service,
                    damage,
                    description,
                    found,
                    reported,
                    DemoIds.of("person", r.owner().key() + ".equipment"),
                    LocalDate.parse("2020-01-01"),
                    opened);
            party(owner, "{OWNER,REPORTER}");
            party(lessee, "{CUSTODIAN}");
            party(service, "{MAINTAINER}");
            step(reported, owner, "report", "REPORTED", "REPORTED");
            step(reported.plusSeconds(1), owner, "signed", "REPORTED", "EVIDENCE");
        }

        private void party(UUID org, String roles) throws SQLException {
            run(
                    "insert into rental.liability_party(liability_id, org_id, roles) values (?, ?, ?::text[])",
                    id,
                    org,
                    roles);
        }

        private void facts(Instant frozen) throws SQLException {
            Map<String, String> held = new LinkedHashMap<>();
            held.put("custodian", lessee.toString());
            held.put("from", r.delivered().toString());
            held.put("to", found.toString());
            held.put("act", DemoIds.of("accepted", r.id().toString()).toString());
            piece("CUSTODY", lessee, frozen, held);
            piece(
                    "CONDITION",
                    owner,
                    frozen,
                    Map.of(
                            "moment",
                            "DELIVERY",
                            "sound",
                            "true",
                            "at",
                            r.delivered().toString()));
            piece(
                    "CONDITION",
                    owner,
                    frozen,
                    Map.of(
                            "moment",
                            "INSPECTION",
                            "sound",
                            "false",
                            "at",
                            r.returned().toString()));
            piece("TELEMETRY", lessee, frozen, Map.of("hours", "0", "readings", "0"));
            piece("MAINTENANCE", lessee, frozen, Map.of("plans", "1", "overdue", "", "orders", ""));
            piece(
                    "OPERATORS",
                    lessee,
                    frozen,
                    Map.of(
                            "custodian",
                            lessee.toString(),
                            "category",
                            r.unit().model().category(),
                            "certified",
                            "1"));
            piece(
                    "CALENDAR",
                    lessee,
                    frozen,
                    Map.of("from", r.from().toString(), "to", r.to().toString(), "slots", "RENTAL"));
            Instant due = frozen.plus(5, ChronoUnit.DAYS);
            run("update rental.liability set frozen_at = ?, statements_due = ? where id = ?", frozen, due, id);
            run("update rental.liability_party set due = ? where liability_id = ?", due, id);
            step(frozen, null, "freeze", "EVIDENCE", "STATEMENTS");
        }

        private void statement(UUID org, String text, Instant at) throws SQLException {
            run(
                    "update rental.liability_party set statement = ?, stated_by = ?, stated_at = ? where liability_id = ? and org_id = ?",
                    text,
                    DemoIds.of("person", "statement" + org),
                    at,
                    id,
                    org);
            piece("STATEMENT", org, at, Map.of("organisation", org.toString(), "statement", text));
            step(at, org, "state", "STATEMENTS", "STATEMENTS");
        }

        private void assessed(Instant at) throws SQLException {
            UUID repairer = DemoIds.of("org", r.unit().service().equals("anxin") ? "hengying" : "anxin");
            UUID estimator = DemoEquipment.hospitals().stream()
                    .map(DemoEquipment::orgId)
                    .filter(org -> !org.equals(owner) && !org.equals(lessee))
                    .findFirst()
                    .orElseThrow();
            assessment("REPAIR_QUOTE", repairer, at);
            assessment("ESTIMATE", estimator, at.plusSeconds(60));
            LocalDate bought = LocalDate.ofInstant(found, DemoEquipment.CHINA).minusYears(3);
            long months = Period.between(bought, LocalDate.ofInstant(found, DemoEquipment.CHINA))
                    .toTotalMonths();
            long value = COST - COST * (100 - RESIDUAL) * months / (100L * LIFE * 12);
            run("""
                    update rental.liability set cost_minor = ?, acquired_on = ?, life_years = ?, residual_percent = ?, value_minor = ?,
                      cap_minor = ?, state = 'ASSESSED',
                      members = members || array[?, ?]::uuid[] where id = ?""", COST, bought, LIFE, RESIDUAL, value, REPAIR, repairer, estimator, id);
            step(at.plusSeconds(120), null, "assess", "STATEMENTS", "ASSESSED");
        }

        private void assessment(String kind, UUID org, Instant at) throws SQLException {
            run("""
                    insert into rental.liability_assessment(liability_id, kind, org_id, asked_at, repair_minor, betterment_minor, given_by, given_at)
                    values (?, ?, ?, ?, ?, 0, ?, ?)""", id, kind, org, at.minusSeconds(600), REPAIR, DemoIds.of("person", "assessor" + org), at);
            piece(kind, org, at, Map.of("repair", "120000.00 CNY", "betterment", "0.00 CNY"));
        }

        private UUID split(Instant at, String state, @Nullable UUID act, String answer) throws SQLException {
            UUID split = DemoIds.at(at, "liability-split", number);
            run(
                    """
                    insert into rental.liability_proposal(id, liability_id, kind, state, by_org, by_person, at, currency, amount_minor, note, act_id,
                      answered_by, answer)
                    values (?, ?, 'PROPOSAL', ?, ?, ?, ?, 'CNY', ?, ?, ?, ?, ?)""",
                    split,
                    id,
                    state,
                    owner,
                    DemoIds.of("person", r.owner().key() + ".equipment"),
                    at,
                    REPAIR,
                    "保管不当为主因，保养疏漏为次因",
                    act,
                    answer.isEmpty() ? null : lessee,
                    answer);
            cause(split, 0, "MISUSE", 70, lessee);
            cause(split, 1, "MISSED_MAINTENANCE", 30, service);
            return split;
        }

        private void cause(UUID split, int position, String cause, int weight, UUID org) throws SQLException {
            run("""
                    insert into rental.liability_cause(proposal_id, position, cause, weight, org_id, from_default, reason_zh, reason_en, source)
                    select ?, ?, cause, ?, ?, from_day, reason_zh, reason_en, source from rental.liability_default where cause = ?""", split, position, weight, org, cause);
        }

        private void share(UUID split, UUID org, int numerator, int denominator, long amount) throws SQLException {
            run(
                    "insert into rental.liability_share(proposal_id, org_id, numerator, denominator, amount_minor) values (?, ?, ?, ?, ?)",
                    split,
                    org,
                    numerator,
                    denominator,
                    amount);
        }

        private UUID determined(Instant at, List<Map<String, Object>> shares) throws SQLException {
            List<Party> all = new ArrayList<>();
            for (UUID org : List.of(owner, lessee, service)) {
                all.add(new Party(org, PartyRole.AGREES));
            }
            return act("liability.determined", at, all, Map.of("shares", shares));
        }

        private static Map<String, Object> part(UUID org, String share) {
            return Map.of("org", org.toString(), "share", share);
        }

        private void charge(UUID split, UUID debtor, long amount, Instant at, Instant paidAt) throws SQLException {
            UUID claim = DemoIds.at(at, "damage-claim", number + debtor);
            UUID invoice = DemoIds.at(at, "damage-invoice", number + debtor);
            UUID payment = DemoIds.at(paidAt, "damage-payment", number + debtor);
            String invoiceNumber =
                    DemoNumbers.draw(c, "billing.invoice_number", "I-%06d", 1).get(0);
            run("""
                    insert into billing.invoice(id, number, liability_id, owner_org, lessee_org, currency, amount, paid, state, issued_at, due_at)
                    values (?, ?, ?, ?, ?, 'CNY', ?, ?, 'PAID', ?, ?)""", invoice, invoiceNumber, id, owner, debtor, amount, amount, at, at.plus(Duration.ofDays(30)));
            run("""
                    insert into billing.payment(id, invoice_id, owner_org, lessee_org, reference, currency, amount, received_at)
                    values (?, ?, ?, ?, ?, 'CNY', ?, ?)""", payment, invoice, owner, debtor, "YQ-BANK-" + invoiceNumber, amount, paidAt);
            run("""
                    insert into billing.damage_claim(id, liability_id, proposal_id, owner_org, lessee_org, currency, amount, captured, invoice_id)
                    values (?, ?, ?, ?, ?, 'CNY', ?, 0, ?)""", claim, id, split, owner, debtor, amount, invoice);
            run("""
                    insert into rental.liability_charge(liability_id, proposal_id, org_id, currency, amount_minor, invoice_id, paid_at)
                    values (?, ?, ?, 'CNY', ?, ?, ?)""", id, split, debtor, amount, invoice, paidAt);
            entry(owner, debtor, at, "DAMAGE", claim, "RECEIVABLE", "DAMAGE_RECOVERY", amount);
            entry(debtor, owner, at, "DAMAGE", claim, "DAMAGE_EXPENSE", "PAYABLE", amount);
            entry(owner, debtor, paidAt, "PAYMENT", payment, "BANK", "RECEIVABLE", amount);
            entry(debtor, owner, paidAt, "PAYMENT", payment, "PAYABLE", "BANK", amount);
        }

        private void entry(
                UUID book, UUID other, Instant at, String reason, UUID source, String debit, String credit, long amount)
                throws SQLException {
            UUID entry = DemoIds.at(at, "entry", reason + source + book);
            run(
                    "insert into billing.entry(id, book_org, counterparty, at, reason, source_id) values (?, ?, ?, ?, ?, ?)",
                    entry,
                    book,
                    other,
                    at,
                    reason,
                    source);
            run("""
                    insert into billing.posting(entry_id, position, account, currency, debit, credit)
                    values (?, 0, ?, 'CNY', ?, 0), (?, 1, ?, 'CNY', 0, ?)""", entry, debit, amount, entry, credit, amount);
        }

        private void piece(String kind, UUID org, Instant at, Map<String, String> facts) throws SQLException {
            UUID piece = DemoIds.at(at, "liability-evidence", number + pieces);
            String content = CanonicalJson.write(new TreeMap<>(facts));
            String digest = sha256(content);
            run("""
                    insert into rental.liability_evidence(id, liability_id, kind, position, org_id, at, content, digest)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""", piece, id, kind, pieces, org, at, content, digest);
            pieces++;
            Exhibits.submit(
                    c,
                    EvidenceOf.of(EvidenceKind.LIABILITY, piece),
                    null,
                    Map.of("liability", id, "kind", kind, "organisation", org, "at", at, "sha256", digest),
                    false,
                    at);
        }

        private void step(Instant at, @Nullable UUID org, String verb, String from, String to) throws SQLException {
            run(
                    "insert into rental.liability_step(id, liability_id, at, org_id, verb, from_state, to_state) values (?, ?, ?, ?, ?, ?, ?)",
                    DemoIds.at(at, "liability-step", number + steps++),
                    id,
                    at,
                    org,
                    verb,
                    from,
                    to);
        }

        private UUID act(String type, Instant at, List<Party> parties, Map<String, Object> body) throws SQLException {
            return ledger.signed(c, new NewAct(type, Subject.liability(id), at, parties, body, List.of(), id));
        }

        private void run(String sql, @Nullable Object... values) throws SQLException {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                Sql.bind(c, s, values);
                s.executeUpdate();
            }
        }
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
