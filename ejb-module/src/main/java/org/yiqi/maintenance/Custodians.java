package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import org.yiqi.equipment.CustodyPassed;

/** Units that change hands while orders and plans stand on them. */
@ApplicationScoped
class Custodians {

    @Inject
    Database database;

    /** Open orders and plans follow the unit: the new custodian may verify, the old one sees nothing new. */
    void passed(@Observes CustodyPassed custody) {
        UUID unit = custody.unitId();
        UUID to = custody.toOrgId();
        database.beyondTenant(c -> {
            database.run(
                    "update maintenance.work_order set version = version + 1, custodian_org = ? where unit_id = ? and state not in ('CLOSED','CANCELLED')",
                    to,
                    unit);
            return database.run(
                    "update maintenance.plan set version = version + 1, custodian_org = ? where unit_id = ?", to, unit);
        });
    }
}
