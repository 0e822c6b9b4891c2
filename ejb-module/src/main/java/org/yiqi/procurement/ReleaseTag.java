package org.yiqi.procurement;

import java.util.Arrays;
import java.util.Optional;

/** What a release of the Open Contracting Data Standard 1.1 is about. */
public enum ReleaseTag {
    PLANNING("planning"),
    PLANNING_UPDATE("planningUpdate"),
    TENDER("tender"),
    TENDER_AMENDMENT("tenderAmendment"),
    TENDER_UPDATE("tenderUpdate"),
    TENDER_CANCELLATION("tenderCancellation"),
    AWARD("award"),
    AWARD_UPDATE("awardUpdate"),
    AWARD_CANCELLATION("awardCancellation"),
    CONTRACT("contract"),
    CONTRACT_UPDATE("contractUpdate"),
    CONTRACT_AMENDMENT("contractAmendment"),
    IMPLEMENTATION("implementation"),
    IMPLEMENTATION_UPDATE("implementationUpdate"),
    CONTRACT_TERMINATION("contractTermination");

    private final String code;

    ReleaseTag(String code) {
        this.code = code;
    }

    /** As the standard spells it. */
    public String code() {
        return code;
    }

    static Optional<ReleaseTag> of(String code) {
        return Arrays.stream(values()).filter(tag -> tag.code.equals(code)).findFirst();
    }
}
