package org.yiqi.procurement;

/** Why a tender ended without an award (招标投标法实施条例 §29 and 财政部令第87号 §43, §63 name most of them). */
public enum EndReason {
    NEED_GONE(true),
    BUDGET_GONE(true),
    DOCUMENTS_FAULTY(true),
    FORCE_MAJEURE(true),
    TOO_FEW_BIDS(false),
    ALL_REJECTED(false),
    ALL_ABOVE_CEILING(false),
    UNLAWFUL(false);

    private final boolean cancels;

    EndReason(boolean cancels) {
        this.cancels = cancels;
    }

    /** Whether the buyer gives the tender up, rather than its failing by itself. */
    public boolean cancels() {
        return cancels;
    }
}
