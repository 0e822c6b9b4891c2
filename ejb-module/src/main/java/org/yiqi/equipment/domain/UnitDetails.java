package org.yiqi.equipment.domain;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.RuleViolation;

/** What is known about a unit and may be corrected. */
public record UnitDetails(
        String assetTag,
        String serial,
        String lot,
        String udi,
        @Nullable LocalDate manufacturedOn,
        @Nullable LocalDate expiresOn,
        String department,
        String regionCode,
        String site,
        @Nullable Double latitude,
        @Nullable Double longitude,
        Condition condition,
        Criticality criticality,
        @Nullable LocalDate acquiredOn,
        @Nullable Money acquisitionCost,
        @Nullable LocalDate warrantyUntil,
        @Nullable LocalDate endOfSupportOn,
        String firmware,
        String accessories) {

    /** As its next owner writes it down who was given it: where it stands and what it cost is not the giver's any more. */
    public UnitDetails givenOn(LocalDate day, String tag) {
        return new UnitDetails(
                tag.isEmpty() ? assetTag : tag,
                serial,
                lot,
                udi,
                manufacturedOn,
                expiresOn,
                "",
                regionCode,
                "",
                null,
                null,
                condition,
                criticality,
                day,
                null,
                warrantyUntil,
                endOfSupportOn,
                firmware,
                accessories);
    }

    /** The same unit in another department of its house. */
    public UnitDetails in(String otherDepartment, String otherSite) {
        return new UnitDetails(
                assetTag,
                serial,
                lot,
                udi,
                manufacturedOn,
                expiresOn,
                otherDepartment,
                regionCode,
                otherSite.isEmpty() ? site : otherSite,
                latitude,
                longitude,
                condition,
                criticality,
                acquiredOn,
                acquisitionCost,
                warrantyUntil,
                endOfSupportOn,
                firmware,
                accessories);
    }

    /**
     * Checks what fields say together.
     *
     * @throws RuleViolation {@code equipment.unit-invalid} naming each field
     */
    public void check(LocalDate today) {
        RuleViolation refusal = new RuleViolation("equipment.unit-invalid", "Some fields do not fit together");
        if (assetTag.isBlank()) {
            refusal.at("/assetTag", "must not be empty");
        }
        if (manufacturedOn != null && manufacturedOn.isAfter(today)) {
            refusal.at("/manufacturedOn", "must not be in the future");
        }
        if (manufacturedOn != null && expiresOn != null && expiresOn.isBefore(manufacturedOn)) {
            refusal.at("/expiresOn", "must not be before the date of manufacture");
        }
        if (acquiredOn != null && acquiredOn.isAfter(today)) {
            refusal.at("/acquiredOn", "must not be in the future");
        }
        if (!regionCode.matches("([0-9]{6})?")) {
            refusal.at("/regionCode", "six digits (GB/T 2260)");
        }
        if (latitude != null && !(Math.abs(latitude) <= 90)) {
            refusal.at("/latitude", "-90 to 90 degrees");
        }
        if (longitude != null && !(Math.abs(longitude) <= 180)) {
            refusal.at("/longitude", "-180 to 180 degrees");
        }
        if ((latitude == null) != (longitude == null)) {
            refusal.at("/longitude", "latitude and longitude go together");
        }
        if (acquisitionCost != null && acquisitionCost.isNegative()) {
            refusal.at("/acquisitionCost/amount", "must not be negative");
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }
}
