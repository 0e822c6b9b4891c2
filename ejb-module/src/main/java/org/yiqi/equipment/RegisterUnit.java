package org.yiqi.equipment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/**
 * A unit that the caller's organisation owns and brings in. What the identifier on the device says (lot, serial number,
 * dates) need not be typed again.
 *
 * @param udi the whole identifier as scanned
 * @param inService installation and operation are qualified already: the unit is available at once
 */
public record RegisterUnit(
        @NotNull UUID modelId,
        @NotBlank @Size(max = 60) String assetTag,
        @Nullable @Size(max = 60) String serial,
        @Nullable @Size(max = 60) String lot,
        @Nullable @Size(max = 400) String udi,
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
        @Nullable @Size(max = 500) String accessories,
        @Nullable Boolean inService) {}
