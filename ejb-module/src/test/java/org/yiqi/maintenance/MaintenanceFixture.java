package org.yiqi.maintenance;

import java.sql.SQLException;
import java.util.HashSet;
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
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestPersistence;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** A hospital with units, two service organisations, and the services of maintenance on a real database. */
final class MaintenanceFixture {

    final TestDatabase db = TestDatabase.get();
    final TestServices services = new TestServices(db).with(Acts.class, new WillingLedger());
    final YiqiPrincipal hospital;
    final YiqiPrincipal first;
    final YiqiPrincipal second;
    /** Whether whoever must sign does so at once. */
    boolean signing = true;
    /** Acts that nobody has signed yet. */
    final Set<UUID> waiting = new HashSet<>();

    private final TestPersistence persistence;

    MaintenanceFixture() {
        try {
            hospital = person(db.organisation("HOSPITAL"));
            first = person(db.organisation("SERVICE"));
            second = person(db.organisation("SERVICE"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        persistence = new TestPersistence(services, hospital);
        services.get(WorkOrderStore.class).em = persistence.em();
        services.get(WorkOrders.class).nameConstraints();
    }

    /** Takes every act; that the real one refuses wrong acts is its own tests' business. */
    private final class WillingLedger extends Acts {
        @Override
        public UUID propose(NewAct wanted) {
            UUID act = Ids.next();
            if (!signing) {
                waiting.add(act);
                return act;
            }
            services.get(Units.class).on(new ActCompleted(act, wanted.type(), wanted.subject(), wanted.reference()));
            return act;
        }

        @Override
        public ActState stateOf(UUID act) {
            return waiting.contains(act) ? ActState.WAITING_SIGNATURE : ActState.PENDING;
        }
    }

    static YiqiPrincipal person(UUID org) {
        return new YiqiPrincipal("tester", Ids.next(), org, Scope.MEMBER, Set.copyOf(Roles.OF_PEOPLE));
    }

    <R> R as(YiqiPrincipal who, Callable<R> work) {
        return persistence.as(who, work);
    }

    <R> R asSystem(Callable<R> work) {
        return as(new YiqiPrincipal("system", Ids.next(), Ids.next(), Scope.SYSTEM, Set.of()), work);
    }

    <T> T get(Class<T> type) {
        return services.get(type);
    }

    UnitView unit() {
        return as(hospital, () -> {
            UUID model = get(Models.class)
                    .add(new DescribeModel(
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
                            10))
                    .id();
            return get(Units.class)
                    .register(new RegisterUnit(
                            model,
                            "T-" + Ids.next(),
                            "SN-" + Ids.next(),
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
                            null,
                            null,
                            null,
                            null,
                            first.orgId(),
                            null,
                            null,
                            true));
        });
    }

    WorkOrderView requested(UnitView unit, boolean danger) {
        return as(hospital, () -> get(WorkOrders.class)
                .request(new RequestRepair(unit.id(), Symptom.LEAK, "water below it", danger, List.of())));
    }

    /** Up to IN_PROGRESS with the first service organisation. */
    WorkOrderView started(UnitView unit) {
        UUID id = requested(unit, true).id();
        as(hospital, () -> get(Dispatching.class).triage(id, null, null, null, "as suggested"));
        as(hospital, () -> get(Dispatching.class).dispatch(id, null, first.orgId()));
        as(first, () -> get(Repairs.class).accept(id, null));
        return as(first, () -> get(Repairs.class).start(id, null));
    }

    ReportRepair report(String earthLeakage) {
        return new ReportRepair(
                "worn seal",
                "new seal",
                90,
                Money.cny("300"),
                WorkOrderPropertyTest.safety(earthLeakage),
                List.of(WorkOrderPropertyTest.check()),
                List.of());
    }
}
