package org.yiqi.procurement;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** A tender of two lots that goes through everything from its opening on, with the real services. */
final class JudgedTender {

    final SealedTender sealed;
    final TestServices services;
    final ExpertPool pool;
    final TestDatabase db;
    final Map<UUID, YiqiPrincipal> people = new HashMap<>();
    final List<Bidder> bidders = new ArrayList<>();

    JudgedTender(TestDatabase db, Path dataDir, UUID regulator) throws SQLException {
        this.db = db;
        sealed = new SealedTender(db, dataDir, regulator).publish();
        services = sealed.services;
        pool = new ExpertPool(db, services);
        services.get(Panels.class).nameConstraints();
        services.get(Sheets.class).nameConstraints();
        services.get(Awards.class).nameConstraints();
        services.get(Complaints.class).nameConstraints();
        services.get(Contracts.class).nameConstraints();
        services.get(Experts.class).nameConstraints();
        insert();
        services.as(sealed.hospital, () -> {
            panels().on(new TenderPublished(sealed.tender));
            return true;
        });
    }

    private void insert() throws SQLException {
        UUID plan = Ids.next();
        try (Connection c = db.administrator()) {
            update(c, """
                    insert into procurement.plan(id, number, org_id, title, category, quantity, unit_minor, budget_line, budget_minor,
                      currency, specification, life_years, service_minor, running_minor, disposal_minor, state, made_by, made_at,
                      submitted_at, approved_at)
                    values (?, ?, ?, 'Monitors', 'MONITOR', 6, 3800000, '2026-3', 250000000, 'CNY', 'Bedside', 8, 0, 0, 0, 'APPROVED',
                      ?, now(), now(), now())""", plan, "P-" + plan, sealed.hospital, Ids.next());
            update(
                    c,
                    """
                    insert into procurement.tender(id, number, ocid, org_id, plan_id, title, description, category, two_envelopes,
                      threshold, currency, enquiry_until, deadline, state, rules_of, made_by, made_at, published_at)
                    values (?,?,?,?,?, 'Monitors', 'Bedside', 'MONITOR', true, 3, 'CNY', ?, ?, 'SEALED', '2020-01-01', ?, ?, ?)""",
                    sealed.tender,
                    "T-" + sealed.tender,
                    "ocds-" + sealed.tender,
                    sealed.hospital,
                    plan,
                    sealed.deadline.minusSeconds(3600),
                    sealed.deadline,
                    Ids.next(),
                    sealed.deadline.minusSeconds(7200),
                    sealed.deadline.minusSeconds(7200));
            for (int i = 1; i <= 2; i++) {
                update(
                        c,
                        "insert into procurement.lot(tender_id, code, position, title, category, quantity, ceiling_minor) values (?,?,?,?, 'MONITOR', 1, ?)",
                        sealed.tender,
                        Integer.toString(i),
                        i,
                        "Lot " + i,
                        120_000_000L);
            }
            update(
                    c,
                    "insert into procurement.tender_requirement(tender_id, position, text, mandatory) values (?, 0, 'Chinese menus', true)",
                    sealed.tender);
            update(
                    c,
                    "insert into procurement.criterion(tender_id, position, kind, title, weight) values (?, 0, 'PRICE', 'Price', 40)",
                    sealed.tender);
            update(
                    c,
                    "insert into procurement.criterion(tender_id, position, kind, title, weight) values (?, 1, 'QUALITY', 'Image', 60)",
                    sealed.tender);
        }
    }

    private static void update(Connection c, String statement, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(statement)) {
            Sql.bind(c, s, values);
            s.executeUpdate();
        }
    }

    /** Bids, closes and opens the first envelope. */
    void bid(String lot, String... prices) throws Exception {
        for (String price : prices) {
            Bidder bidder = sealed.bidder(lot, price);
            sealed.submit(bidder);
            bidders.add(bidder);
        }
    }

    void open(String envelope) throws Exception {
        UUID act = null;
        for (UUID opener : sealed.openers.subList(0, 3)) {
            OpeningView view = sealed.post(opener, envelope);
            act = view.envelopes().stream()
                    .filter(each -> each.envelope().equals(envelope))
                    .findFirst()
                    .orElseThrow()
                    .actId();
        }
        sealed.sign(act, sealed.openers);
        sealed.ledger.relayAll(sealed.dataDir);
        deliver();
    }

    /** One expert of each of so many organisations, who can all judge monitors. */
    void experts(int count) {
        for (int i = 0; i < count; i++) {
            expert(pool.organisation("HOSPITAL"));
        }
    }

    YiqiPrincipal expert(UUID org) {
        YiqiPrincipal expert = pool.expert(org, "MONITOR");
        people.put(expert.personId(), expert);
        return expert;
    }

    long version() {
        return services.as(sealed.hospital, () -> services.get(Tenders.class).get(sealed.tender))
                .version();
    }

    void draw() {
        long seen = version();
        services.as(sealed.hospital, () -> {
            panels().draw(sealed.tender, seen, "our own word", List.of());
            return true;
        });
    }

    /** Everybody who is asked and has not answered takes the seat. */
    void acceptAll() {
        for (SeatView seat : seats()) {
            if (seat.state() == SeatView.State.INVITED) {
                as(seat, () -> {
                    panels().accept(sealed.tender, true);
                    return true;
                });
            }
        }
    }

    List<SeatView> seats() {
        return services.as(pool.regulator(), () -> evaluations().view(sealed.tender))
                .seats();
    }

    <R> R as(SeatView seat, java.util.concurrent.Callable<R> work) {
        return services.as(people.get(seat.personId()), work);
    }

    /** Writes and locks all sheets of a seat; a lot's bids get their points in the order in which they were made. */
    void scoreAndLock(SeatView seat, Map<UUID, String> points) {
        for (SheetView sheet : as(seat, () -> sheets().of(sealed.tender))) {
            SheetView saved = as(seat, () -> sheets().save(
                            sealed.tender, sheet.id(), sheet.version(), said(points.get(sheet.bid()))));
            as(seat, () -> sheets().lock(sealed.tender, sheet.id(), saved.version()));
        }
    }

    static SaveSheet said(String points) {
        return new SaveSheet(
                List.of(new SaveSheet.Verdict(0, true, "")), List.of(new SaveSheet.Mark(1, new BigDecimal(points))));
    }

    /** What the container would have told the observers. */
    void deliver() {
        List<Object> fired = new ArrayList<>(services.events());
        services.events().clear();
        for (Object event : fired) {
            services.as(sealed.hospital, () -> {
                tell(event);
                return true;
            });
        }
        if (!services.events().isEmpty()) {
            deliver();
        }
    }

    private void tell(Object event) {
        AwardReleases awards = services.get(AwardReleases.class);
        ContractReleases contracts = services.get(ContractReleases.class);
        if (event instanceof ActCompleted completed) {
            evaluations().on(completed);
            services.get(Awards.class).on(completed);
            services.get(ContractSigning.class).on(completed);
        } else if (event instanceof EnvelopesOpened opened) {
            evaluations().on(opened);
            awards.on(opened);
        } else if (event instanceof TenderRanked ranked) {
            awards.on(ranked);
        } else if (event instanceof AwardNoticed noticed) {
            awards.on(noticed);
        } else if (event instanceof AwardSuspended suspended) {
            awards.on(suspended);
        } else if (event instanceof AwardWithdrawn withdrawn) {
            awards.on(withdrawn);
        } else if (event instanceof LotAwarded awarded) {
            awards.on(awarded);
        } else if (event instanceof LotFailed failed) {
            awards.on(failed);
        } else if (event instanceof ContractSigned signed) {
            contracts.on(signed);
        } else if (event instanceof ContractAmended amended) {
            contracts.on(amended);
        } else if (event instanceof ContractMoved moved) {
            contracts.on(moved);
        } else if (event instanceof ContractTerminated terminated) {
            contracts.on(terminated);
        }
    }

    /** Three bids on the first lot, one on the second, judged and ranked in the order of their prices. */
    void rank() throws Exception {
        bid("1", "95000000", "100000000", "105000000");
        bid("2", "70000000");
        sealed.close();
        open("TECHNICAL");
        experts(8);
        draw();
        acceptAll();
        Map<UUID, String> points = new HashMap<>();
        bidders.forEach(each -> points.put(each.bid, "50"));
        for (SeatView seat : seats()) {
            if (seat.state() == SeatView.State.ACCEPTED) {
                scoreAndLock(seat, points);
            }
        }
        signed(() -> evaluations().score(sealed.tender));
        open("PRICE");
        signed(() -> evaluations().rank(sealed.tender));
    }

    /** A step of the buyer that writes an act. */
    void signed(java.util.concurrent.Callable<?> step) throws SQLException {
        services.as(sealed.hospital, step);
        sealed.ledger.relayAll(sealed.dataDir);
        deliver();
    }

    Panels panels() {
        return services.get(Panels.class);
    }

    Sheets sheets() {
        return services.get(Sheets.class);
    }

    Evaluations evaluations() {
        return services.get(Evaluations.class);
    }
}
