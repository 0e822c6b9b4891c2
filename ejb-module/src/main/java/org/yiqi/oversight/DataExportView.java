package org.yiqi.oversight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to send personal data abroad.
 *
 * @param yearOrdinary how many people's data the recipient had got in the year before the request
 * @param ruleOf the day from which the rule holds that it was judged by
 * @param state REQUESTED, ENDORSED by its organisation, APPROVED or REFUSED by the regulator
 * @param decision under which number the contract is filed or assessed, or why it is refused
 * @param sentOrdinary how many have left since
 */
public record DataExportView(
        UUID id,
        String number,
        UUID orgId,
        String orgZh,
        String orgEn,
        String recipient,
        String country,
        String purpose,
        String legalBasis,
        String categories,
        long ordinary,
        long sensitive,
        long yearOrdinary,
        long yearSensitive,
        LocalDate ruleOf,
        String source,
        Way way,
        String state,
        UUID requestedBy,
        Instant requestedAt,
        @Nullable Instant endorsedAt,
        @Nullable Instant decidedAt,
        String decision,
        long sentOrdinary,
        long sentSensitive) {

    /** What the law demands, by how many people's data one recipient gets in a year. */
    public enum Way {
        EXEMPT,
        /** The standard contract, or certification. */
        CONTRACT,
        /** The security assessment. */
        ASSESSMENT
    }
}
