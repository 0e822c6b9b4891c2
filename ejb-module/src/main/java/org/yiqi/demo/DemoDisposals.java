package org.yiqi.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.demo.DemoEquipment.DemoUnit;
import org.yiqi.ledger.HistoryImport;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.db.Sql;

/**
 * Units of the region on their way out: one proposed, one that waits for its approval, one that is auctioned now and one that is
 * offered to a smaller hospital, both let go by acts of today.
 */
final class DemoDisposals {

    private static final String CNY = "CNY";
    /** What the regulator lets hospitals dispose of without its signature: 15 million yuan, in fen. */
    private static final long LINE = 1_500_000_000L;

    private static final String COLUMNS =
            "id, number, unit_id, org_id, unit_zh, unit_en, asset_tag, serial, category, cause, reason, state, made_by, made_at,"
                    + " value_low, value_likely, value_high, currency, confidence, verdict, way, rules_of, weight_kg, authorised_act, chosen_way";

    private final Connection c;
    private final Instant now;
    private final HistoryImport ledger;
    private final DemoTable disposals = new DemoTable("disposal.disposal", COLUMNS);
    private final DemoTable estimates = new DemoTable(
            "disposal.estimate", "disposal_id, method, low_minor, likely_minor, high_minor, confidence, reason, facts");
    private final DemoTable signals = new DemoTable("disposal.signal", "disposal_id, code, facts");
    private final DemoTable ways =
            new DemoTable("disposal.way", "disposal_id, way, position, open, rule, value_minor, carbon_kg, source");
    private final DemoTable approvals = new DemoTable(
            "disposal.approval", "disposal_id, round, position, step, state, made_by, person_id, decided_at, note");

    DemoDisposals(Connection c, Instant now, HistoryImport ledger) {
        this.c = c;
        this.now = now;
        this.ledger = ledger;
    }

    /** Takes old units that nobody lends or works on. */
    void fill(List<DemoUnit> units, Set<UUID> taken) throws SQLException {
        List<DemoUnit> free = units.stream()
                .filter(u -> u.owner().kind().equals("HOSPITAL"))
                .filter(u -> u.status().equals("AVAILABLE") && !taken.contains(u.id()))
                .filter(u -> idle(u.id()))
                .sorted(Comparator.comparing(DemoUnit::acquired).thenComparing(DemoUnit::tag))
                .limit(4)
                .toList();
        if (free.size() < 4) {
            return;
        }
        setLine();
        List<String> numbers = DemoNumbers.draw(c, "disposal.disposal_number", "D-%06d", 4);
        row(
                free.get(0),
                DemoIds.of("disposal", free.get(0).tag()),
                numbers.get(0),
                "PROPOSED",
                2,
                null,
                null,
                null,
                null);
        approving(free.get(1), numbers.get(1));
        Auctioned auctioned = auctioned(free.get(2), numbers.get(2));
        UUID offered = offered(free.get(3), numbers.get(3));
        disposals.write(c);
        estimates.write(c);
        signals.write(c);
        ways.write(c);
        approvals.write(c);
        list(auctioned);
        offer(offered, free.get(3));
        for (DemoUnit u : free) {
            run("update equipment.unit set status = 'RETIRING', version = version + 1 where id = ?", u.id());
        }
    }

    private record Auctioned(UUID disposal, DemoUnit unit, String number) {}

    private boolean idle(UUID unit) {
        try (PreparedStatement s = c.prepareStatement("""
                select 1 from equipment.slot where unit_id = ? and state in ('HELD','TENTATIVE','BOOKED') and to_at > ?
                union all select 1 from maintenance.work_order where unit_id = ? and state not in ('RELEASED','CLOSED','CANCELLED')
                union all select 1 from equipment.hold where unit_id = ? and released_at is null
                union all select 1 from equipment.unit where id = ? and (status <> 'AVAILABLE' or custodian_id <> owner_id)""")) {
            Sql.bind(c, s, unit, now, unit, unit, unit);
            try (var rs = s.executeQuery()) {
                return !rs.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void setLine() throws SQLException {
        UUID regulator = DemoEquipment.regulator();
        UUID act = ledger.underWay(
                        c,
                        new NewAct(
                                "disposal.line-set",
                                Subject.organisation(regulator),
                                now,
                                List.of(new Party(regulator, PartyRole.REGULATOR)),
                                Map.of("amount", Long.toString(LINE), "currency", CNY),
                                List.of(),
                                null),
                        List.of(regulator))
                .act()
                .id();
        run(
                "insert into disposal.value_line(act_id, org_id, amount_minor, currency, set_at) values (?,?,?,?,?)",
                act,
                regulator,
                LINE,
                CNY,
                now);
    }

    private void approving(DemoUnit u, String number) {
        UUID id = DemoIds.of("disposal", u.tag());
        long likely = 18_500_000;
        row(u, id, number, "APPROVING", 9, likely - 2_000_000, likely, likely + 2_500_000, null);
        valued(id, likely, false);
        approval(id, u, 1, "COMMITTEE", true);
        approval(id, u, 2, "FINANCE", false);
    }

    private Auctioned auctioned(DemoUnit u, String number) throws SQLException {
        UUID id = DemoIds.of("disposal", u.tag());
        long likely = 8_600_000;
        UUID act =
                authorised(u, id, Map.of("amount", Long.toString(likely), "currency", CNY, "unit", u.id().toString()));
        row(u, id, number, "LISTED", 20, likely - 900_000, likely, likely + 1_100_000, act);
        valued(id, likely, false);
        approval(id, u, 1, "COMMITTEE", true);
        return new Auctioned(id, u, number);
    }

    /** A device that still works and is not needed here any more. */
    private UUID offered(DemoUnit u, String number) throws SQLException {
        UUID id = DemoIds.of("disposal", u.tag());
        long likely = 6_400_000;
        UUID act = authorised(
                u,
                id,
                Map.of("amount", Long.toString(likely), "currency", CNY, "unit", u.id().toString(), "way", "DONATE"));
        row(u, id, number, "AUTHORISED", 14, likely - 700_000, likely, likely + 900_000, act);
        valued(id, likely, true);
        approval(id, u, 1, "COMMITTEE", true);
        return id;
    }

    /** The receiver sees what it is offered. */
    private void offer(UUID disposal, DemoUnit u) throws SQLException {
        UUID receiver = DemoEquipment.orgId(DemoRegion.MEMBERS.stream()
                .filter(o -> o.kind().equals("HOSPITAL") && !o.equals(u.owner()))
                .reduce((first, last) -> last)
                .orElseThrow());
        run(
                "update disposal.disposal set way = 'DONATE', chosen_way = 'DONATE', receiver_id = ? where id = ?",
                receiver,
                disposal);
        run(
                "insert into equipment.guest(unit_id, org_id, reference_id, shown_by, since) values (?,?,?,?,?)",
                u.id(),
                receiver,
                disposal,
                DemoEquipment.orgId(u.owner()),
                now);
    }

    private UUID authorised(DemoUnit u, UUID disposal, Map<String, Object> body) throws SQLException {
        UUID owner = DemoEquipment.orgId(u.owner());
        return ledger.underWay(
                        c,
                        new NewAct(
                                "disposal.authorised",
                                Subject.disposal(disposal),
                                now,
                                List.of(new Party(owner, PartyRole.OWNER)),
                                body,
                                List.of(),
                                null),
                        List.of(owner))
                .act()
                .id();
    }

    private void row(
            DemoUnit u,
            UUID id,
            String number,
            String state,
            int daysAgo,
            @Nullable Long low,
            @Nullable Long likely,
            @Nullable Long high,
            @Nullable UUID authorised) {
        boolean valued = likely != null;
        disposals.add(
                id,
                number,
                u.id(),
                DemoEquipment.orgId(u.owner()),
                u.model().nameZh(),
                u.model().nameEn(),
                u.tag(),
                u.serial(),
                u.model().category(),
                "OBSOLETE",
                "使用年限已到，备件停产。At the end of its life; parts are no longer made.",
                state,
                DemoJourney.person(u.owner(), "equipment"),
                now.minus(daysAgo, ChronoUnit.DAYS),
                low,
                likely,
                high,
                CNY,
                valued ? "MEDIUM" : null,
                valued ? "RETIRE" : null,
                valued ? "AUCTION" : null,
                valued ? LocalDate.parse("2020-01-01") : null,
                valued ? 130 : null,
                authorised,
                valued ? "AUCTION" : null);
    }

    private void valued(UUID id, long likely, boolean supported) {
        String reuse = supported ? "OPEN" : "NO_SUPPORT";
        estimates.add(
                id,
                "BOOK",
                likely * 9 / 10,
                likely,
                likely * 11 / 10,
                "HIGH",
                "STRAIGHT_LINE",
                List.of("860000.00", "8", "5", "91"));
        estimates.add(
                id, "PARTS", likely / 3, likely / 2, likely * 2 / 3, "LOW", "PARTS_SUM", List.of("2", "57000.00"));
        signals.add(id, "SERVICE_COST", List.of("30.8", "30"));
        signals.add(
                id,
                supported ? "WORN_OUT" : "END_OF_SUPPORT",
                supported ? List.of("103", "96") : List.of("2026-06-30"));
        way(id, "KEEP", 1, "SIGNALS", likely, 560);
        way(id, "REDEPLOY", 2, reuse, likely * 9 / 10, 520);
        way(id, "DONATE", 3, reuse, 0, 480);
        way(id, "REFURBISH", 4, reuse, likely * 7 / 10, 440);
        way(id, "PARTS", 5, "OPEN", likely / 2, 200);
        way(id, "AUCTION", 6, "OPEN", likely, 96);
        way(id, "RECYCLE", 7, "OPEN", 0, 64);
    }

    private void way(UUID id, String way, int position, String rule, long value, long carbon) {
        ways.add(
                id,
                way,
                position,
                rule.equals("OPEN"),
                rule,
                value,
                carbon,
                "assumption: 6.2 kg CO2e per kg of device");
    }

    private void approval(UUID id, DemoUnit u, int position, String step, boolean signed) {
        approvals.add(
                id,
                1,
                position,
                step,
                signed ? "SIGNED" : "WAITING",
                DemoJourney.person(u.owner(), "equipment"),
                signed ? DemoJourney.person(u.owner(), "committee") : null,
                signed ? now.minus(5, ChronoUnit.DAYS) : null,
                "");
    }

    /** Bidding began yesterday and goes on for two days; two recyclers take part. */
    private void list(Auctioned a) throws SQLException {
        UUID id = DemoIds.of("auction", a.unit.tag());
        UUID owner = DemoEquipment.orgId(a.unit.owner());
        Instant opens = now.minus(Duration.ofDays(1));
        run(
                """
                insert into disposal.auction(id, disposal_id, number, round, unit_id, owner_id, unit_zh, unit_en, category, condition,
                  region_code, description, kind, state, currency, start_minor, step_minor, step_seconds, deposit_minor, listed_at,
                  opens_at, closes_at, bids, best_minor)
                values (?,?,?,1,?,?,?,?,?,'FAIR',?,?,'ENGLISH','RUNNING','CNY',7000000,100000,60,700000,?,?,?,2,7200000)""",
                id,
                a.disposal,
                a.number + "-1",
                a.unit.id(),
                owner,
                a.unit.model().nameZh(),
                a.unit.model().nameEn(),
                a.unit.model().category(),
                a.unit.owner().region(),
                "可通电，主机与附件齐全，自提。Works, complete, to be collected.",
                opens.minus(Duration.ofDays(2)),
                opens,
                now.plus(Duration.ofDays(2)));
        run("insert into disposal.reserve(auction_id, owner_id, reserve_minor) values (?,?,8000000)", id, owner);
        bidder(id, owner, "lvyuan", 1, opens);
        bidder(id, owner, "huanyu", 2, opens);
        bid(id, owner, "lvyuan", 1, 7_000_000, opens.plus(Duration.ofHours(3)));
        bid(id, owner, "huanyu", 2, 7_200_000, opens.plus(Duration.ofHours(9)));
    }

    private void bidder(UUID auction, UUID owner, String recycler, int place, Instant at) throws SQLException {
        UUID org = DemoIds.of("org", recycler);
        UUID deposit = DemoIds.of("auction-deposit", auction + recycler);
        run("""
                insert into disposal.bidder(auction_id, org_id, owner_id, place, deposit_id, deposit_minor, reference, state, joined_at)
                values (?,?,?,?,?,700000,?, 'HELD', ?)""", auction, org, owner, place, deposit, "TT-" + place, at);
        entry(deposit, owner, org, "BANK", "DEPOSIT_HELD", at);
        entry(deposit, org, owner, "DEPOSIT_GIVEN", "BANK", at);
        run(
                "insert into equipment.guest(unit_id, org_id, reference_id, shown_by, since) select unit_id, ?, id, owner_id, ? from disposal.auction where id = ?",
                org,
                at,
                auction);
    }

    private void entry(UUID deposit, UUID book, UUID other, String debit, String credit, Instant at)
            throws SQLException {
        UUID id = DemoIds.of("entry", deposit.toString() + book);
        run(
                "insert into billing.entry(id, book_org, counterparty, at, reason, source_id) values (?,?,?,?,'DEPOSIT_HELD',?)",
                id,
                book,
                other,
                at,
                deposit);
        run(
                "insert into billing.posting(entry_id, position, account, currency, debit, credit) values (?,0,?,'CNY',700000,0), (?,1,?,'CNY',0,700000)",
                id,
                debit,
                id,
                credit);
    }

    private void bid(UUID auction, UUID owner, String recycler, int seq, long minor, Instant at) throws SQLException {
        run(
                "insert into disposal.bid(auction_id, seq, org_id, owner_id, at, amount_minor) values (?,?,?,?,?,?)",
                auction,
                seq,
                DemoIds.of("org", recycler),
                owner,
                at,
                minor);
    }

    private void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            Sql.bind(c, s, values);
            s.executeUpdate();
        }
    }
}
