package org.yiqi.rental;

/** Who brings the unit to the lessee and back. */
public enum Transport {
    OWNER,
    LESSEE,
    CARRIER
}
