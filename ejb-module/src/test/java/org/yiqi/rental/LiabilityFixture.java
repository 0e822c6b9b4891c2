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
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
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
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * A damaged unit with its owner, the service organisation that maintains it, others who may judge, and the services of a case
 * over the ledger's own rules. Events reach their observers at the end of the call that fired them.
 */
final class LiabilityFixture {

    final TestDatabase db = TestDatabase.get();
    final LedgerFixture ledger = new LedgerFixture(db).addFounders();
    final TestServices services = ledger.into(new TestServices(db));
    final YiqiPrincipal owner;
    final YiqiPrincipal maintainer;
    final YiqiPrincipal repairer;
    final YiqiPrincipal estimator;
    final YiqiPrincipal stranger;
    final List<YiqiPrincipal> panel = new ArrayList<>();
    final YiqiPrincipal regulator;
    final UUID unit;
    private final Path dataDir = temporary();
    private int delivered;

    LiabilityFixture() {
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
        services.get(Liabilities.class).nameConstraints();
        unit = as(owner, () -> {
            UUID model = services.get(Models.class).add(model()).id();
            return services.get(Units.class).register(command(model)).id();
        });
        relay();
    }

    private void relay() {
        try {
            ledger.relayAll(dataDir);
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

    static YiqiPrincipal person(UUID org, Scope scope) {
        return new YiqiPrincipal("tester", Ids.next(), org, scope, Set.copyOf(Roles.OF_PEOPLE));
    }

    /** Runs work in one transaction, with what observers do about it. */
    <R> R as(YiqiPrincipal who, Callable<R> work) {
        return services.as(who, () -> {
            R result = work.call();
            deliver();
            return result;
        });
    }

    /** Work of the clock. */
    void asClock(Runnable work) {
        services.asScope(Scope.SYSTEM, () -> {
            work.run();
            deliver();
            return true;
        });
    }

    private void deliver() {
        while (delivered < services.events().size()) {
            Object event = services.events().get(delivered++);
            if (event instanceof ActCompleted completed) {
                services.get(Units.class).on(completed);
                services.get(LiabilityProgress.class).on(completed);
            }
        }
    }

    <T> List<T> events(Class<T> type) {
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

    Instant now() {
        return services.clock().instant();
    }

    void later(Duration by) {
        services.clock().set(now().plus(by));
    }

    ReportDamage damage() {
        return new ReportDamage(
                unit, null, Damage.IMPACT, "跌落 dropped", now().minus(Duration.ofHours(3)), false, List.of(), List.of());
    }

    LiabilityView reported() {
        return as(owner, () -> liabilities().report(damage()));
    }

    LiabilityView get(UUID id) {
        return as(owner, () -> liabilities().get(id));
    }

    /** Both have spoken, the repair costs 120,000 by quote and estimate, the unit is worth 515,000. */
    LiabilityView assessed() {
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
    static ProposeSplit seventyThirty() {
        return new ProposeSplit(
                List.of(
                        new Weighed(LiabilityCause.MISUSE, 70, null, ""),
                        new Weighed(LiabilityCause.MISSED_MAINTENANCE, 30, null, "")),
                null,
                "Dropped, and the brake had not been serviced");
    }

    /** The parties could not agree, and three others were appointed. */
    LiabilityView inPanel() {
        UUID id = assessed().id();
        as(owner, () -> splits().propose(id, seventyThirty()));
        as(maintainer, () -> splits().dispute(id, "The brake was fine"));
        return as(regulator, () -> splits().appoint(
                        id, panel.stream().map(YiqiPrincipal::orgId).toList()));
    }

    Liabilities liabilities() {
        return services.get(Liabilities.class);
    }

    LiabilityStatements statements() {
        return services.get(LiabilityStatements.class);
    }

    LiabilityAssessments assessments() {
        return services.get(LiabilityAssessments.class);
    }

    LiabilitySplits splits() {
        return services.get(LiabilitySplits.class);
    }
}
