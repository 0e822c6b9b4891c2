package org.yiqi.equipment;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import org.yiqi.shared.problem.DatabaseRefusals;

/** Names the refusals that this area's constraints stand for. */
@Singleton
@Startup
public class EquipmentRefusals {

    @PostConstruct
    void register() {
        DatabaseRefusals.register("model_device_identifier", "equipment.model-exists");
        DatabaseRefusals.register("unit_asset_tag", "equipment.asset-tag-taken");
        DatabaseRefusals.register("unit_serial", "equipment.serial-taken");
        DatabaseRefusals.register("unit_tombstone", "equipment.unit-is-no-more");
        DatabaseRefusals.register("slot_no_overlap", "equipment.slot-taken");
        DatabaseRefusals.register("custody_one_at_a_time", "equipment.custody-overlap");
        DatabaseRefusals.register("custody_one_open", "equipment.custody-overlap");
        DatabaseRefusals.register("custody_act", "equipment.act-used");
    }
}
