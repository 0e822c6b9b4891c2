package org.yiqi.equipment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as it shall stand in the catalogue. One of the two names is needed; a device identifier, where there is one, is
 * checked by the rule of the agency that issued it.
 */
public record DescribeModel(
        @Nullable @Pattern(regexp = "GS1|HIBCC|ICCBBA") String issuer,
        @Nullable @Size(max = 40) String deviceIdentifier,
        @Nullable @Size(max = 300) String nameZh,
        @Nullable @Size(max = 300) String nameEn,
        @NotBlank @Size(max = 200) String manufacturer,
        @Nullable @Size(max = 200) String modelNumber,
        @Nullable @Size(max = 200) String catalogNumber,
        @Nullable @Pattern(regexp = "[A-Z_]{2,40}") String category,
        @Nullable @Pattern(regexp = "I{0,3}") String deviceClass,
        @Nullable @Size(max = 100) String registrationNumber,
        @Nullable @Size(max = 300) String gmdnName,
        @Nullable @Size(max = 4000) String description,
        @Nullable @Size(max = 100) Map<@Size(min = 1, max = 60) String, @Size(max = 300) String> parameters,
        @Nullable @Min(1) @Max(60) Integer lifeYears) {}
