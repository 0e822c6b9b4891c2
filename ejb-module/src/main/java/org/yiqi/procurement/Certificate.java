package org.yiqi.procurement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A paper that allows a product to be made, sold or used.
 *
 * @param validTo its last day; null for one without an end
 */
public record Certificate(
        Kind kind, String number, String issuer, @Nullable LocalDate validTo) {

    /** What the paper is. A product is published with a registration only. */
    public enum Kind {
        REGISTRATION,
        PRODUCTION_LICENCE,
        DISTRIBUTION_LICENCE,
        AUTHORISATION,
        QUALITY_SYSTEM,
        TEST_REPORT,
        OTHER
    }
}
