package org.yiqi.procurement;

/** For whom somebody accepts: three people, one for each. The committee may stand in for finance. */
public enum AcceptanceHat {
    EQUIPMENT,
    CLINICAL,
    FINANCE
}
