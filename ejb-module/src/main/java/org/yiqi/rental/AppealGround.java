package org.yiqi.rental;

/** Why a party does not accept a panel's decision. */
public enum AppealGround {
    NEW_EVIDENCE,
    WRONG_FACTS,
    WRONG_SPLIT,
    CONFLICT_OF_INTEREST
}
