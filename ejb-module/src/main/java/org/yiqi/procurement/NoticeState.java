package org.yiqi.procurement;

/** How far an award notice has come. */
public enum NoticeState {
    /** Bidders of the lot may complain. */
    STANDSTILL,
    /** A complaint stops it until a regulator has decided. */
    SUSPENDED,
    /** A complaint was upheld. */
    WITHDRAWN,
    /** The award is final: the buyer has signed. */
    AWARDED
}
