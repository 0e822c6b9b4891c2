package org.yiqi.oversight;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A wish to send personal data to a recipient abroad.
 *
 * @param country ISO 3166-1, two letters
 * @param ordinary how many people's data, none of it sensitive
 * @param sensitive how many people's sensitive data
 */
public record RequestExport(
        @NotBlank @Size(max = 200) String recipient,
        @NotBlank @Size(max = 2) String country,
        @NotBlank @Size(max = 2000) String purpose,
        @NotBlank @Size(max = 500) String legalBasis,
        @NotBlank @Size(max = 1000) String categories,
        @NotNull @Min(0) Long ordinary,
        @NotNull @Min(0) Long sensitive) {}
