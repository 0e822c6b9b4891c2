package org.yiqi.disposal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
import org.yiqi.equipment.DescribeModel;
import org.yiqi.equipment.Models;
import org.yiqi.equipment.RegisterUnit;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestPersistence;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** A hospital that disposes of units, recyclers, and a regulator, over the real ledger and a real database. */
final class DisposalFixture {

    /** After the real day on which the ledger of the test is founded: time never goes back on it. */
    static final Instant START = Instant.parse("2036-03-01T08:00:00Z");

    static final LocalDate TODAY = LocalDate.parse("2036-03-01");

    final TestDatabase db = TestDatabase.get();
    private final Path dataDir = dataDir();
    final TestServices services = LedgerFixture.into(new TestServices(db), dataDir);
    final UUID hospital = organisation("HOSPITAL");
    final UUID regulator = founder();
    final YiqiPrincipal equipment = person(hospital, Scope.MEMBER, Roles.EQUIPMENT, Roles.SIGNATORY);
    final YiqiPrincipal committee = person(hospital, Scope.MEMBER, Roles.COMMITTEE);
    final YiqiPrincipal finance = person(hospital, Scope.MEMBER, Roles.FINANCE);
    final YiqiPrincipal party = person(hospital, Scope.MEMBER, Roles.PARTY_COMMITTEE);
    final YiqiPrincipal inspector = person(regulator, Scope.REGULATOR, Roles.REGULATOR, Roles.SIGNATORY);

    private final @Nullable TestPersistence persistence;
    private final AtomicInteger heard = new AtomicInteger();

    DisposalFixture() {
        this(false);
    }

    /** @param persistent with JPA, which work orders need */
    DisposalFixture(boolean persistent) {
        persistence = persistent ? new TestPersistence(services, equipment) : null;
        services.clock().set(START);
        get(DisposalClock.class).nameConstraints();
        DatabaseRefusals.register("unit_tombstone", "equipment.unit-is-no-more");
    }

    private static Path dataDir() {
        try {
            return Files.createTempDirectory("ledger");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The regulator with whom the ledger began. */
    private UUID founder() {
        return services.asScope(Scope.SYSTEM, () -> get(Sql.class)
                .first(
                        "select id from organisation.organisation where kind = 'REGULATOR' order by created_at, id limit 1",
                        rs -> rs.getObject(1, UUID.class))
                .orElseThrow());
    }

    <T> T get(Class<T> type) {
        return services.get(type);
    }

    UUID organisation(String kind) {
        try {
            return db.organisation(kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static YiqiPrincipal person(UUID org, Scope scope, String... roles) {
        return new YiqiPrincipal("tester", Ids.next(), org, scope, Set.of(roles));
    }

    /** An organisation that may treat waste, with one person for everything. */
    YiqiPrincipal recycler() {
        UUID org = organisation("RECYCLER");
        execute("""
                insert into organisation.credential(id, org_id, credential_type, number, issuer, scope, valid_from, valid_to, added_at, verified_at)
                values (?, ?, 'WASTE_TREATMENT_LICENCE', 'W-1', 'EPB', '', date '2020-01-01', date '2099-01-01', now(), now())""", Ids.next(), org);
        return person(org, Scope.MEMBER, Roles.RECYCLER, Roles.SIGNATORY);
    }

    void execute(String sql, Object... values) {
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs work and, in its transaction, what follows from acts that it completed, as the container does. */
    <R> R as(YiqiPrincipal who, Callable<R> work) {
        return transaction(who, () -> {
            R result = work.call();
            List<Object> events = services.events();
            while (heard.get() < events.size()) {
                if (events.get(heard.getAndIncrement()) instanceof ActCompleted completed) {
                    get(Units.class).on(completed);
                    get(DisposalActs.class).on(completed);
                }
            }
            return result;
        });
    }

    private <R> R transaction(YiqiPrincipal who, Callable<R> work) {
        return persistence == null ? services.as(who, work) : persistence.as(who, work);
    }

    void asSystem(Runnable work) {
        as(person(Ids.next(), Scope.SYSTEM), () -> {
            work.run();
            return true;
        });
    }

    /** Time passes, and the clock looks. */
    void later(Duration time) {
        services.clock().set(services.clock().instant().plus(time));
        AuctionClosing closing = get(AuctionClosing.class);
        asSystem(() -> closing.ended().forEach(closing::end));
        asSystem(() -> closing.unpaid().forEach(closing::passOver));
        asSystem(closing::markOverdue);
    }

    UnitView unit(String category, String serial) {
        return unit(category, serial, null, "5000000", TODAY.minusYears(9));
    }

    UnitView unit(String category, String serial, LocalDate endOfSupport, String cost, LocalDate acquired) {
        return as(equipment, () -> {
            UUID model = get(Models.class)
                    .add(new DescribeModel(
                            null,
                            null,
                            "设备",
                            "Device",
                            "Jiyuan",
                            "JY-" + serial,
                            null,
                            category,
                            "III",
                            null,
                            null,
                            null,
                            Map.of(),
                            10))
                    .id();
            return get(Units.class).register(command(model, serial, endOfSupport, cost, acquired));
        });
    }

    static RegisterUnit command(UUID model, String serial, LocalDate endOfSupport, String cost, LocalDate acquired) {
        return new RegisterUnit(
                model,
                "T-" + Ids.next(),
                serial,
                null,
                null,
                null,
                null,
                "放射科",
                "330102",
                "2号楼",
                30.25,
                120.17,
                Condition.GOOD,
                Criticality.HIGH,
                acquired,
                Amount.of(Money.cny(cost)),
                null,
                endOfSupport,
                null,
                null,
                null,
                true);
    }

    DisposalView proposed(UnitView unit) {
        return as(equipment, () -> get(Disposals.class)
                .propose(new Propose(unit.id(), Cause.OBSOLETE, "worn out", null, true)));
    }

    static Value facts(String newPrice, String service) {
        return new Value(null, null, null, Money.cny(newPrice), Money.cny(service), null, null, null, List.of(), null);
    }

    DisposalView valued(UnitView unit) {
        DisposalView disposal = proposed(unit);
        return as(equipment, () -> get(Valuations.class).value(disposal.id(), facts("5200000", "1600000")));
    }

    /** Approved by all whom its value asks for, the line being far above it. */
    DisposalView authorised(UnitView unit) {
        DisposalView disposal = valued(unit);
        lineAt("15000000");
        return authorise(disposal);
    }

    DisposalView authorise(DisposalView disposal) {
        return authorise(disposal, null);
    }

    DisposalView authorise(DisposalView disposal, Way way) {
        DisposalApprovals approvals = get(DisposalApprovals.class);
        as(equipment, () -> approvals.submit(disposal.id(), way));
        DisposalView now = approve(disposal.id());
        as(equipment, () -> approvals.authorise(now.id()));
        return of(now.id());
    }

    DisposalView approve(UUID id) {
        DisposalApprovals approvals = get(DisposalApprovals.class);
        DisposalView now = as(equipment, () -> get(Disposals.class).get(id));
        while (now.state() == DisposalState.APPROVING) {
            DisposalView.Approval next = now.next();
            YiqiPrincipal who =
                    switch (next.step()) {
                        case COMMITTEE -> committee;
                        case FINANCE -> finance;
                        case PARTY_COMMITTEE -> party;
                    };
            now = as(who, () -> approvals.approve(id, ""));
        }
        return now;
    }

    void lineAt(String yuan) {
        as(inspector, () -> get(DisposalApprovals.class).setLine(Money.cny(yuan)));
        LedgerFixture.recordAll(dataDir);
    }

    /** As it is once what follows from an act has happened. */
    DisposalView of(UUID id) {
        return as(equipment, () -> get(Disposals.class).get(id));
    }

    /** Bidding begins two days from now and lasts a day. */
    AuctionView listed(DisposalView disposal, AuctionKind kind, String start, String reserve) {
        return as(equipment, () -> get(Auctions.class)
                .open(
                        disposal.id(),
                        new ListUnit(
                                kind,
                                "works, without probes",
                                Money.cny(start),
                                Money.cny("1000"),
                                60,
                                Money.cny(reserve),
                                null,
                                services.clock().instant().plus(Duration.ofDays(3)))));
    }

    AuctionView open(AuctionKind kind, String start, String reserve) {
        AuctionView auction = listed(authorised(unit("MRI", "S" + Ids.next())), kind, start, reserve);
        later(Duration.ofDays(2));
        return auction;
    }

    YiqiPrincipal joined(AuctionView auction) {
        YiqiPrincipal recycler = recycler();
        as(recycler, () -> get(Auctions.class).join(auction.id(), "TT-1"));
        return recycler;
    }

    AuctionView bid(YiqiPrincipal who, AuctionView auction, String yuan) {
        return as(who, () -> get(Auctions.class).bid(auction.id(), Money.cny(yuan)));
    }

    DisposalView of(AuctionView auction) {
        return as(equipment, () -> get(Disposals.class).get(auction.disposalId()));
    }
}
