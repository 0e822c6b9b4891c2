package org.yiqi.equipment;

import java.time.LocalDate;
import org.yiqi.equipment.domain.UnitDetails;
import org.yiqi.shared.Money;

/**
 * What the buyer of a unit writes into its own records.
 *
 * @param assetTag empty to keep the supplier's until the buyer gives its own
 */
public record SoldUnit(String assetTag, LocalDate acquiredOn, Money cost, LocalDate warrantyUntil) {

    UnitDetails describe(UnitDetails d) {
        return new UnitDetails(
                assetTag.isEmpty() ? d.assetTag() : assetTag,
                d.serial(),
                d.lot(),
                d.udi(),
                d.manufacturedOn(),
                d.expiresOn(),
                d.department(),
                d.regionCode(),
                d.site(),
                d.latitude(),
                d.longitude(),
                d.condition(),
                d.criticality(),
                acquiredOn,
                cost,
                warrantyUntil,
                d.endOfSupportOn(),
                d.firmware(),
                d.accessories());
    }
}
