package org.yiqi.rental;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.DescribeModel;
import org.yiqi.equipment.Models;
import org.yiqi.equipment.RegisterUnit;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.rental.ProposeSplit.Weighed;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestPersistence;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * A damaged unit with its owner, the service organisation that maintains it, others who may judge, and the services of a case
 * over the ledger's own rules. Events reach their observers at the end of the call that fired them.
 */
public final class LiabilityFixture {

    public final TestDatabase db = TestDatabase.get();
    public final TestServices services = new TestServices(db);
    final LedgerFixture ledger = new LedgerFixture(db, services.clock()).addFounders();
    public final YiqiPrincipal owner;
    public final YiqiPrincipal maintainer;
    public final YiqiPrincipal repairer;
    public final YiqiPrincipal estimator;
    public final YiqiPrincipal stranger;
    public final List<YiqiPrincipal> panel = new ArrayList<>();
    public final YiqiPrincipal regulator;
    public final UUID unit;
    final Path dataDir = temporary();
    private final List<Consumer<Object>> observers = new ArrayList<>();
    private final List<Consumer<ActCompleted>> listeners = new ArrayList<>();
    private final Consumer<LedgerFixture> recorder;
    private final @Nullable TestPersistence persistence;
    private int delivered;

    public LiabilityFixture() {
        this(false, null);
    }

    private LiabilityFixture(boolean persistent, @Nullable Consumer<LedgerFixture> elsewhere) {
        recorder = elsewhere == null ? this::relayHere : elsewhere;
        ledger.wire(services);
        try {
            owner = person(db.organisation("HOSPITAL"), Scope.MEMBER);
            maintainer = person(db.organisation("SERVICE"), Scope.MEMBER);
            repairer = person(db.organisation("SERVICE"), Scope.MEMBER);
            estimator = person(db.organisation("SUPPLIER"), Scope.MEMBER);
            stranger = person(db.organisation("HOSPITAL"), Scope.MEMBER);
            for (int i = 0; i < 3; i++) {
                panel.add(person(db.organisation("HOSPITAL"), Scope.MEMBER));
            }
            regulator = person(founder("REGULATOR"), Scope.REGULATOR);
            relay();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        persistence = persistent ? new TestPersistence(services, owner) : null;
        services.get(Liabilities.class).nameConstraints();
        unit = as(owner, () -> {
            UUID model = services.get(Models.class).add(model()).id();
            return services.get(Units.class).register(command(model)).id();
        });
        relay();
    }

    /** All that is signed gets onto the ledger. */
    public void relay() {
        recorder.accept(ledger);
    }

    private void relayHere(LedgerFixture here) {
        try {
            here.relayAll(dataDir);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("ledger");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UUID founder(String kind) throws SQLException {
        return db.inScope(Scope.SYSTEM, c -> {
            try (var s = c.createStatement();
                    var rs = s.executeQuery(
                            "select o.id from organisation.organisation o join ledger.act a on a.subject = 'organisation:' || o.id"
                                    + " where o.kind = '" + kind
                                    + "' and a.state = 'RECORDED' order by a.occurred_at limit 1")) {
                return rs.next() ? rs.getObject(1, UUID.class) : first(kind);
            }
        });
    }

    private UUID first(String kind) throws SQLException {
        return db.inScope(Scope.SYSTEM, c -> {
            try (var s = c.createStatement();
                    var rs = s.executeQuery("select id from organisation.organisation where kind = '" + kind
                            + "' order by created_at limit 1")) {
                rs.next();
                return rs.getObject(1, UUID.class);
            }
        });
    }

    public static YiqiPrincipal person(UUID org, Scope scope) {
        return new YiqiPrincipal("tester", Ids.next(), org, scope, Set.copyOf(Roles.OF_PEOPLE));
    }

    /** With rentals and invoices too, which live in JPA. */
    public static LiabilityFixture persistent() {
        return new LiabilityFixture(true, null);
    }

    /** The same where something else puts acts onto the ledger: it returns when all that is signed is there. */
    public static LiabilityFixture persistent(Consumer<LedgerFixture> recorder) {
        return new LiabilityFixture(true, recorder);
    }

    /** Lets another area hear the events. */
    public void observe(Consumer<Object> observer) {
        observers.add(observer);
    }

    /** Lets another area hear of acts that all have signed. */
    public void listen(Consumer<ActCompleted> listener) {
        listeners.add(listener);
    }

    /** Runs work in one transaction, with what observers do about it. */
    public <R> R as(YiqiPrincipal who, Callable<R> work) {
        Callable<R> whole = () -> {
            R result = work.call();
            deliver();
            return result;
        };
        TestPersistence joined = persistence;
        return joined == null ? services.as(who, whole) : joined.as(who, whole);
    }

    /** Work of the clock. */
    public void asClock(Runnable work) {
        as(new YiqiPrincipal("system", Ids.next(), Ids.next(), Scope.SYSTEM, Set.of()), () -> {
            work.run();
            return true;
        });
    }

    private void deliver() {
        while (delivered < services.events().size()) {
            Object event = services.events().get(delivered++);
            if (event instanceof ActCompleted completed) {
                services.get(Units.class).on(completed);
                services.get(LiabilityProgress.class).on(completed);
                listeners.forEach(listener -> listener.accept(completed));
            }
            if (event instanceof LiabilityFixed || event instanceof LiabilityReopened) {
                // They are fired as the system's own work.
                services.get(LiabilityStore.class).beyondTenant(() -> {
                    observers.forEach(observer -> observer.accept(event));
                    return true;
                });
            }
        }
    }

    public <T> List<T> events(Class<T> type) {
        return services.events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static DescribeModel model() {
        return new DescribeModel(
                null,
                null,
                "磁共振成像系统",
                "MRI system",
                "Jiyuan",
                "JY-30",
                null,
                "MRI",
                "III",
                null,
                null,
                null,
                Map.of(),
                10);
    }

    private RegisterUnit command(UUID modelId) {
        return new RegisterUnit(
                modelId,
                "T-" + Ids.next(),
                "SN-" + Ids.next().toString().substring(24),
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
                LocalDate.parse("2023-11-20"),
                Amount.of(Money.cny("800000")),
                null,
                null,
                maintainer.orgId(),
                null,
                null,
                true);
    }

    public Instant now() {
        return services.clock().instant();
    }

    public void later(Duration by) {
        services.clock().set(now().plus(by));
    }

    public ReportDamage damage() {
        return new ReportDamage(
                unit, null, Damage.IMPACT, "跌落 dropped", now().minus(Duration.ofHours(3)), false, List.of(), List.of());
    }

    public LiabilityView reported() {
        return as(owner, () -> liabilities().report(damage()));
    }

    public LiabilityView get(UUID id) {
        return as(owner, () -> liabilities().get(id));
    }

    /** Both have spoken, the repair costs 120,000 by quote and estimate, the unit is worth 515,000. */
    public LiabilityView assessed() {
        UUID id = reported().id();
        as(owner, () -> statements().state(id, "我方已按规程使用"));
        as(maintainer, () -> statements().state(id, "We serviced it in time"));
        as(owner, () -> assessments().ask(id, repairer.orgId(), estimator.orgId()));
        as(owner, () -> assessments().value(id, null, null, 8, null));
        as(repairer, () -> assessments().give(id, Money.cny("120000"), Money.cny("0"), ""));
        as(estimator, () -> assessments().give(id, Money.cny("125000"), Money.cny("0"), ""));
        return get(id);
    }

    /** 70 to the custodian, who is the owner here, 30 to who maintains it. */
    public static ProposeSplit seventyThirty() {
        return new ProposeSplit(
                List.of(
                        new Weighed(LiabilityCause.MISUSE, 70, null, ""),
                        new Weighed(LiabilityCause.MISSED_MAINTENANCE, 30, null, "")),
                null,
                "Dropped, and the brake had not been serviced");
    }

    /** The parties could not agree, and three others were appointed. */
    public LiabilityView inPanel() {
        UUID id = assessed().id();
        as(owner, () -> splits().propose(id, seventyThirty()));
        as(maintainer, () -> splits().dispute(id, "The brake was fine"));
        return as(regulator, () -> splits().appoint(
                        id, panel.stream().map(YiqiPrincipal::orgId).toList()));
    }

    /**
     * A rental of the unit that has come back damaged, after the lessee had it for some hours.
     *
     * @return its id
     */
    public UUID rentedBy(YiqiPrincipal lessee) {
        UUID rental = Ids.next();
        later(Duration.ofHours(1));
        as(owner, () -> {
            services.get(Custody.class).transfer(unit, lessee.orgId(), Ids.next(), now());
            return true;
        });
        later(Duration.ofHours(6));
        as(owner, () -> {
            Sql sql = services.get(Sql.class);
            UUID tariff = Ids.next();
            UUID offer = Ids.next();
            sql.update(
                    "insert into rental.tariff(id, owner_org, name, revision, currency, base, deposit, created_at) values (?,?,?,1,'CNY',0,0,?)",
                    tariff,
                    owner.orgId(),
                    "T" + tariff,
                    now());
            sql.update("""
                    insert into rental.offer(id, owner_org, owner_zh, owner_en, unit_id, unit_zh, unit_en, category, capability, region_code,
                      tariff_id, state, open_minute, close_minute, buffer_before, buffer_after, notice_hours, transport, transport_fee,
                      transport_per_km, created_at)
                    values (?,?,'甲','A',?,'磁共振','MRI','MRI','3T','330102',?,'PUBLISHED',0,1440,0,0,0,'OWNER',0,0,?)""", offer, owner.orgId(), unit, tariff, now());
            sql.update(
                    """
                    insert into rental.rental(id, number, state, offer_id, tariff_id, unit_id, unit_zh, unit_en, owner_org, owner_zh, owner_en,
                      lessee_org, lessee_zh, lessee_en, applicant, from_at, to_at, reserved_from, reserved_to, place, purpose, planned_uses,
                      transport_cost, quoted, currency, created_at, delivered_at, damage)
                    values (?,?,'ACTIVE',?,?,?,'磁共振','MRI',?,'甲','A',?,'乙','B',?,?,?,?,?,'3F','scans',1,0,0,'CNY',?,?,'')""",
                    rental,
                    "R-" + rental,
                    offer,
                    tariff,
                    unit,
                    owner.orgId(),
                    lessee.orgId(),
                    lessee.personId(),
                    now().minus(Duration.ofHours(6)),
                    now().plus(Duration.ofDays(1)),
                    now().minus(Duration.ofHours(6)),
                    now().plus(Duration.ofDays(1)),
                    now(),
                    now().minus(Duration.ofHours(6)));
            return true;
        });
        return rental;
    }

    /** The owner has inspected the unit and found it damaged. */
    public void foundDamaged(UUID rental) {
        as(owner, () -> services.get(Sql.class)
                .update(
                        "update rental.rental set state = 'LIABILITY_OPEN', damage = 'broken coil' where id = ?",
                        rental));
    }

    /** The damage in a rental, ready to be split: the repair costs 120,000. */
    public UUID assessedIn(UUID rental, YiqiPrincipal lessee) {
        UUID id = as(owner, () -> liabilities()
                        .report(new ReportDamage(
                                unit,
                                rental,
                                Damage.IMPACT,
                                "Coil broken",
                                now().minus(Duration.ofHours(2)),
                                false,
                                List.of(),
                                List.of())))
                .id();
        for (YiqiPrincipal who : List.of(owner, lessee, maintainer)) {
            as(who, () -> statements().state(id, "We"));
        }
        as(owner, () -> assessments().ask(id, repairer.orgId(), estimator.orgId()));
        as(owner, () -> assessments().value(id, null, null, 8, null));
        as(repairer, () -> assessments().give(id, Money.cny("120000"), Money.cny("0"), ""));
        as(estimator, () -> assessments().give(id, Money.cny("120000"), Money.cny("0"), ""));
        return id;
    }

    public Liabilities liabilities() {
        return services.get(Liabilities.class);
    }

    public LiabilityStatements statements() {
        return services.get(LiabilityStatements.class);
    }

    public LiabilityAssessments assessments() {
        return services.get(LiabilityAssessments.class);
    }

    public LiabilitySplits splits() {
        return services.get(LiabilitySplits.class);
    }
}
