package org.yiqi.equipment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** What shall change of a unit; what is absent stays. */
public record ChangeUnit(
        @Nullable @Size(min = 1, max = 60) String assetTag,
        @Nullable @Size(max = 60) String serial,
        @Nullable @Size(max = 60) String lot,
        @Nullable LocalDate manufacturedOn,
        @Nullable LocalDate expiresOn,
        @Nullable @Size(max = 100) String department,
        @Nullable @Pattern(regexp = "([0-9]{6})?") String regionCode,
        @Nullable @Size(max = 200) String site,
        @Nullable @Min(-90) @Max(90) Double latitude,
        @Nullable @Min(-180) @Max(180) Double longitude,
        @Nullable Condition condition,
        @Nullable Criticality criticality,
        @Nullable LocalDate acquiredOn,
        @Nullable Amount acquisitionCost,
        @Nullable LocalDate warrantyUntil,
        @Nullable LocalDate endOfSupportOn,
        @Nullable UUID maintainerId,
        @Nullable @Size(max = 60) String firmware,
        @Nullable @Size(max = 500) String accessories) {

    /** Whether it touches more than where the unit stands, who uses it and how good it is. */
    boolean concernsTheOwnerAlone() {
        return assetTag != null
                || serial != null
                || lot != null
                || manufacturedOn != null
                || expiresOn != null
                || criticality != null
                || acquiredOn != null
                || acquisitionCost != null
                || warrantyUntil != null
                || endOfSupportOn != null
                || maintainerId != null;
    }
}
