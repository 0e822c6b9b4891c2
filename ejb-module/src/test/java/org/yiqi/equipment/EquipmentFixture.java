package org.yiqi.equipment;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;

/** A hospital with a model and units of it, on a real database. */
final class EquipmentFixture {

    final TestDatabase db = TestDatabase.get();
    final TestServices services = new TestServices(db).with(Acts.class, new WillingLedger());
    final Units units = services.get(Units.class);
    final Models models = services.get(Models.class);
    final Availability availability = services.get(Availability.class);
    final Calendar calendar = services.get(Calendar.class);
    final Custody custody = services.get(Custody.class);
    final UUID owner;
    final UUID other;
    /** Whether whoever must sign does so at once. */
    boolean signing = true;

    EquipmentFixture() {
        new EquipmentRefusals().register();
        try {
            owner = db.organisation("HOSPITAL");
            other = db.organisation("HOSPITAL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes every act; that the real one refuses wrong acts is its own tests' business. */
    private final class WillingLedger extends Acts {
        @Override
        public UUID propose(NewAct wanted) {
            UUID act = Ids.next();
            if (signing) {
                units.on(new ActCompleted(act, wanted.type(), wanted.subject(), wanted.reference()));
            }
            return act;
        }
    }

    UUID model() {
        return services.as(owner, () -> models.add(describe("磁共振成像系统")).id());
    }

    static DescribeModel describe(String nameZh) {
        return new DescribeModel(
                null,
                null,
                nameZh,
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

    UnitView unit() {
        return unit(model(), "SN-" + Ids.next().toString().substring(24));
    }

    UnitView unit(UUID modelId, String serial) {
        return services.as(owner, () -> units.register(command(modelId, "T-" + Ids.next(), serial, null)));
    }

    static RegisterUnit command(UUID modelId, String tag, String serial, String udi) {
        return new RegisterUnit(
                modelId,
                tag,
                serial,
                null,
                udi,
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
                null,
                null,
                null,
                true);
    }

    static Period hours(int from, int to) {
        Instant day = Instant.parse("2026-12-01T00:00:00Z");
        return new Period(day.plusSeconds(3600L * from), day.plusSeconds(3600L * to));
    }
}
