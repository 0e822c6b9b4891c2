package org.yiqi.disposal.domain;

import java.time.LocalDate;

/** The figures of one version of the rules; shares are in thousandths. */
public record DisposalRules(
        LocalDate fromDay,
        int servicePermille,
        int repairPermille,
        int residualPermille,
        int lifeYears,
        int discountPermille,
        int pausePermille,
        int relists,
        int relistCutPermille,
        int rectificationHours,
        int snipeSeconds,
        int extensionSeconds,
        int depositPermille,
        int revealHours,
        int paymentDays,
        int certificateDays) {

    /** Whether a price is so far below the appraisal that somebody has to decide. */
    public boolean isTooLow(long priceMinor, long appraisedMinor) {
        return Math.multiplyExact(priceMinor, 1000L) < Math.multiplyExact(appraisedMinor, (long) pausePermille);
    }

    /** The reserve of the next round. */
    public long cut(long reserveMinor) {
        return Math.max(1, reserveMinor * (1000 - relistCutPermille) / 1000);
    }

    public long deposit(long startMinor) {
        return Math.max(1, startMinor * depositPermille / 1000);
    }
}
