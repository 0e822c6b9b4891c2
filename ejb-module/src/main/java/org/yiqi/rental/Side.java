package org.yiqi.rental;

/** Who has to agree to a rental besides the lessee. */
public enum Side {
    OWNER,
    PLATFORM
}
